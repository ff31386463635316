import { answers, body, createRoute, inSpace, listQuery, may, pageOf, router, z } from "@yihao/http/room";
import { take } from "@yihao/kernel/outcome";
import { WarehouseIdSchema } from "./model.ts";
import { endWave, listWaves, makeWave, pickWave, readWave, sortWave } from "./wave-actions.ts";
import {
  NewWaveSchema,
  WaveIdSchema,
  WavePickSchema,
  WaveSchema,
  WaveSortSchema,
  WaveWorkSchema,
} from "./wave-model.ts";

const tags = ["warehouse"];
const ofWave = inSpace({ wave: WaveIdSchema });
const ofStaff = may({ staff: "any" });
const byStaff = may({ right: "warehouse.work" });

/** Waves (波次). */
export const waveRoutes = router()
  .openapi(
    createRoute({
      method: "post",
      path: "/spaces/{space}/waves",
      summary: "Make a wave of orders that wait to be picked",
      tags,
      middleware: [byStaff] as const,
      request: { params: inSpace({}), body: body(NewWaveSchema) },
      responses: { 201: answers(WaveSchema) },
    }),
    async (c) => c.json(take(await makeWave(c.var.scope, c.req.valid("json"))), 201),
  )
  .openapi(
    createRoute({
      method: "get",
      path: "/spaces/{space}/waves",
      summary: "Waves of a warehouse, newest first",
      tags,
      middleware: [ofStaff] as const,
      request: { params: inSpace({}), query: listQuery.extend({ warehouse: WarehouseIdSchema }) },
      responses: { 200: answers(pageOf(WaveSchema)) },
    }),
    async (c) => {
      const { warehouse, ...range } = c.req.valid("query");
      return c.json(take(await listWaves(c.var.scope, warehouse, range)), 200);
    },
  )
  .openapi(
    createRoute({
      method: "get",
      path: "/spaces/{space}/waves/{wave}",
      summary: "A wave with its walk and what is sorted to each slot",
      tags,
      middleware: [ofStaff] as const,
      request: { params: ofWave, query: z.object({ zone: z.string().max(20).optional() }) },
      responses: { 200: answers(WaveWorkSchema) },
    }),
    async (c) => c.json(take(await readWave(c.var.scope, c.req.valid("param").wave, c.req.valid("query").zone)), 200),
  )
  .openapi(
    createRoute({
      method: "post",
      path: "/spaces/{space}/waves/{wave}/pick",
      summary: "Pick at one halt for all orders of the wave",
      tags,
      middleware: [byStaff] as const,
      request: { params: ofWave, body: body(WavePickSchema) },
      responses: { 201: answers(z.object({ picked: z.int() })) },
    }),
    async (c) => c.json(take(await pickWave(c.var.scope, c.req.valid("param").wave, c.req.valid("json"))), 201),
  )
  .openapi(
    createRoute({
      method: "post",
      path: "/spaces/{space}/waves/{wave}/sort",
      summary: "Put picked units into the slot of their order",
      tags,
      middleware: [byStaff] as const,
      request: { params: ofWave, body: body(WaveSortSchema) },
      responses: { 201: answers(z.object({ sorted: z.int() })) },
    }),
    async (c) => c.json(take(await sortWave(c.var.scope, c.req.valid("param").wave, c.req.valid("json"))), 201),
  )
  .openapi(
    createRoute({
      method: "post",
      path: "/spaces/{space}/waves/{wave}/end",
      summary: "End a wave; its orders are free for another",
      tags,
      middleware: [byStaff] as const,
      request: { params: ofWave },
      responses: { 201: answers(WaveSchema) },
    }),
    async (c) => c.json(take(await endWave(c.var.scope, c.req.valid("param").wave)), 201),
  );
