import {
  type InfiniteData,
  InfiniteQueryObserver,
  type InfiniteQueryObserverOptions,
  type Query,
  QueryClient,
  type QueryKey,
  QueryObserver,
  type QueryObserverOptions,
} from "@tanstack/solid-query";
import { createComputed, createMemo, createSignal, on, onCleanup } from "solid-js";
import { Problem } from "./problem.ts";

export type { Query };

/** Refusals are answers and are never asked again; a lost connection or a fault of the server is tried twice more. */
const worthRetrying = (failures: number, error: Error): boolean =>
  failures < 2 && (!(error instanceof Problem) || error.status === 0 || error.status >= 500);

/** The one cache of what the server said: refetched on focus, fresh for five seconds. */
export const queryClient = new QueryClient({
  defaultOptions: {
    queries: { staleTime: 5_000, retry: worthRetrying, refetchOnWindowFocus: true },
    mutations: { retry: false },
  },
});

/** How often pages that show the present ask again, in milliseconds. */
export const liveEveryMs = 5_000;

/** What a part of a page knows of what it asked. Reading it never holds back what stands around the part. */
export interface Asked<Value> {
  readonly data: Value | undefined;
  /** Why the last try failed, also while it is asked again; nothing once it was answered. */
  readonly error: Error | null;
  /** There is nothing to show yet and nothing has failed. */
  readonly isPending: boolean;
  /** There is nothing to show but the error. What was read before stays when asking again fails. */
  readonly isError: boolean;
  /** Whether `data` is the answer to an earlier question, shown until this one's comes. */
  readonly isPlaceholderData: boolean;
  /** Since when what is shown is old, because asking again failed. */
  readonly behind: Date | undefined;
  /** When `data` was read, in milliseconds; 0 when there is none. */
  readonly updatedAt: number;
  readonly refetch: () => Promise<unknown>;
}

/** What is read page after page. */
export interface AskedPages<Page> extends Asked<InfiniteData<Page, string>> {
  readonly hasNextPage: boolean;
  readonly isFetchingNextPage: boolean;
  readonly fetchNextPage: () => Promise<unknown>;
}

type Watched<Options, Result> = {
  setOptions(options: Options): void;
  getOptimisticResult(options: never): Result;
  subscribe(listener: (result: Result) => void): () => void;
};

/**
 * Follows an observer of the cache for as long as the caller lives. The library's own adapter suspends whoever reads data that is not there
 * yet, which takes the nearest boundary, here the whole page, off the screen and with it focus and scroll; a signal does not. What the server
 * repeats unchanged keeps its identity, so that rows on screen are not drawn anew.
 */
function watch<Options, Result>(
  options: () => Options,
  make: (first: Options) => Watched<Options, Result>,
): readonly [() => Result, () => Options] {
  const wanted = createMemo(() => queryClient.defaultQueryOptions(options() as QueryObserverOptions) as Options);
  const optimistic = () => ({ ...wanted(), _optimisticResults: "optimistic" }) as never;
  const observer = make(wanted());
  const [result, setResult] = createSignal<Result>(observer.getOptimisticResult(optimistic()));
  createComputed(
    on(
      wanted,
      (next) => {
        observer.setOptions(next);
        setResult(() => observer.getOptimisticResult(optimistic()));
      },
      { defer: true },
    ),
  );
  onCleanup(observer.subscribe((next) => setResult(() => next)));
  return [result, wanted];
}

type Plain<Value> = {
  data: Value | undefined;
  error: Error | null;
  dataUpdatedAt: number;
  fetchStatus: string;
  isPlaceholderData: boolean;
  refetch: () => Promise<unknown>;
};

/** The parts of a result that pages read, each followed by itself. */
function asked<Value>(result: () => Plain<Value>, hash: () => string): Asked<Value> {
  const data = createMemo(() => result().data);
  // Asking again forgets the error in the cache; the page would flicker between it and the layout of loading.
  const fault = createMemo<{ hash: string; error: Error | null }>(
    (before) => {
      const { error, data: value, fetchStatus } = result();
      const again = error === null && value === undefined && fetchStatus !== "idle" && before.hash === hash();
      return again ? before : { hash: hash(), error };
    },
    { hash: "", error: null },
    { equals: (a, b) => a.hash === b.hash && a.error === b.error },
  );
  const error = createMemo(() => fault().error);
  const old = createMemo(() => (result().data !== undefined && error() ? result().dataUpdatedAt : 0));
  const updated = createMemo(() => result().dataUpdatedAt);
  const placeholder = createMemo(() => result().isPlaceholderData);
  return {
    get data() {
      return data();
    },
    get error() {
      return error();
    },
    get isPending() {
      return data() === undefined && error() === null;
    },
    get isError() {
      return data() === undefined && error() !== null;
    },
    get isPlaceholderData() {
      return placeholder();
    },
    get behind() {
      return old() > 0 ? new Date(old()) : undefined;
    },
    get updatedAt() {
      return updated();
    },
    refetch: () => result().refetch(),
  };
}

/** Asks the server and follows the answer. The one way in which pages read; it takes the place of the library's hook of the same name. */
export function createQuery<Value>(
  options: () => QueryObserverOptions<Value, Error, Value, Value, QueryKey>,
): Asked<Value> {
  const [result, wanted] = watch(options, (first) => new QueryObserver(queryClient, first));
  return asked<Value>(result, () => JSON.stringify(wanted().queryKey));
}

type PagesOptions<Page> = Omit<
  InfiniteQueryObserverOptions<Page, Error, InfiniteData<Page, string>, QueryKey, string>,
  "getNextPageParam"
> & { getNextPageParam: (last: NoInfer<Page>) => string | undefined };

/** Asks page after page and follows the answers. */
export function createInfiniteQuery<Page>(options: () => PagesOptions<Page>): AskedPages<Page> {
  const [result, wanted] = watch(options, (first) => new InfiniteQueryObserver(queryClient, first));
  const more = createMemo(() => result().hasNextPage);
  const reading = createMemo(() => result().isFetchingNextPage);
  const base = asked<InfiniteData<Page, string>>(result, () => JSON.stringify(wanted().queryKey));
  return Object.defineProperties(base, {
    hasNextPage: { get: more },
    isFetchingNextPage: { get: reading },
    fetchNextPage: { value: () => result().fetchNextPage() },
  }) as AskedPages<Page>;
}
