/** Codes of this room and their HTTP status. */
export const communityRefusals = {
  "ticket.move": 409,
  "ticket.closed": 409,
  "ticket.reopen-late": 409,
  "ticket.assignee": 422,
  "parcel.known": 409,
  "parcel.person": 422,
  "parcel.photo": 422,
  "parcel.gone": 409,
  "parcel.code": 409,
  "announcement.days": 422,
  "announcement.audience": 422,
  "event.times": 422,
  "event.begun": 409,
} as const;
export type CommunityRefusal = keyof typeof communityRefusals;
