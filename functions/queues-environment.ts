import { SendMessageCommand, SQSClient } from "@aws-sdk/client-sqs";
import type { Parked } from "@yihao/table/stream";
import { setting } from "./environment.ts";

/** For so long a parked fact rests before it is tried the first time: what stood in its way is mostly gone by then. */
const restSeconds = 5;

/** The queues of the rooms: YIHAO_QUEUES is what their addresses begin with, the room's name ends them. */
function queueFromEnvironment(DelaySeconds: number): (parked: Parked) => Promise<void> {
  const begin = setting("YIHAO_QUEUES");
  // On one machine the queues' stand-in listens there; AWS's are found by their region.
  const client = new SQSClient(begin.startsWith("http:") ? { endpoint: new URL(begin).origin } : {});
  return async ({ room, pk, sk }) => {
    const MessageBody = JSON.stringify({ room, pk, sk } satisfies Parked);
    await client.send(new SendMessageCommand({ QueueUrl: `${begin}${room}`, MessageBody, DelaySeconds }));
  };
}

/** Where a fact goes that its room could not take. */
export const parkFromEnvironment = () => queueFromEnvironment(restSeconds);

/** Where new letters go, at once: the queue `mail`, which the mail function takes them from. With YIHAO_MAIL=outbox they stay where they are, to be read on this machine. */
export const postFromEnvironment = () => (process.env.YIHAO_MAIL === "outbox" ? undefined : queueFromEnvironment(0));
