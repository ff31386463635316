import { useParams } from "@solidjs/router";
import { KeysBoard } from "./keys-board.tsx";

/** API keys of a space, for its owners. */
export default function KeysPage() {
  const params = useParams<{ space: string }>();
  return <KeysBoard space={params.space} />;
}
