/**
 * What runs at CloudFront's edge (CloudFront Functions, `cloudfront-js-2.0`): plain JavaScript as text, since it is neither bundled nor typed there. Tests run it as it is.
 */

/** The header in which the edge tells the functions who calls: whatever the caller wrote there is overwritten. */
export const viewerHeader = "x-yihao-viewer";
/** The header by which the API knows that a request came through CloudFront, past its firewall. */
export const frontHeader = "x-yihao-front";

/** Shows the page of a path: displays at doors have their own, every other path without a file name is the app's. */
export const pagesAtEdge = `function handler(event) {
  var request = event.request;
  var last = request.uri.split("/").pop();
  if (request.uri.indexOf("/door/") === 0) request.uri = "/door.html";
  else if (last.indexOf(".") < 0) request.uri = "/index.html";
  return request;
}
`;

/** Tells the API the address of who calls. */
export const apiAtEdge = `function handler(event) {
  var request = event.request;
  request.headers["${viewerHeader}"] = { value: event.viewer.ip };
  return request;
}
`;
