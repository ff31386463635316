export function prepareCloud(): { readonly tools: string; readonly platform: string };
