/** Every component in every state, theme and language. */
export default function GalleryPage() {
  return <main>壹号</main>;
}
