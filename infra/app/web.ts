import { existsSync, readdirSync } from "node:fs";
import { extname, join } from "node:path";
import { isKept } from "../contract.ts";
import { apiAtEdge, frontHeader, pagesAtEdge } from "../edge.ts";
import { securityHeaders, strictTransport } from "../security-headers.ts";
import type { Foundation } from "./foundation.ts";

/** Policies that AWS itself keeps, by their fixed ids. */
const managed = {
  cachingOptimized: "658327ea-f89d-4fab-a63d-7e88639e58f6",
  cachingDisabled: "4135ea2d-6df8-44a3-9df3-4b5a84be39ad",
  allViewerExceptHost: "b689b0a8-53d0-40ab-baf2-68738e2966ac",
} as const;

const types: Readonly<Record<string, string>> = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".json": "application/json",
  ".webmanifest": "application/manifest+json",
  ".svg": "image/svg+xml",
  ".png": "image/png",
  ".woff2": "font/woff2",
  ".wasm": "application/wasm",
};

/** Puts the built pages into a bucket that only CloudFront may read. What carries its hash in its name stays for a day's worth of open tabs and is kept for ever. */
function pages(folder: string) {
  const bucket = new sst.aws.Bucket("Pages", { access: "cloudfront", cors: false });
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const path = join(entry.parentPath, entry.name);
    const key = path.slice(folder.length + 1).replaceAll("\\", "/");
    const hashed = key.startsWith("assets/");
    new aws.s3.BucketObjectv2(
      `Page-${key}`,
      {
        bucket: bucket.name,
        key,
        source: $asset(path),
        contentType: types[extname(key)] ?? "application/octet-stream",
        cacheControl: hashed ? "public, max-age=31536000, immutable" : "no-cache",
      },
      // A tab that is open still asks for the former files.
      { retainOnDelete: hashed },
    );
  }
  return bucket;
}

/** The headers of every page, as the product on one machine sends them, and HSTS. */
function headers(foundation: Foundation) {
  const region = aws.getRegionOutput().region;
  return $resolve([foundation.filesBucket, region]).apply(([bucket, where]) => {
    const { "content-security-policy": contentSecurityPolicy = "", ...all } = securityHeaders(
      `https://${bucket}.s3.${where}.amazonaws.com`,
    );
    const plain = ["cross-origin-opener-policy", "permissions-policy"];
    return new aws.cloudfront.ResponseHeadersPolicy("Headers", {
      name: `yihao-${$app.stage}`,
      securityHeadersConfig: {
        contentSecurityPolicy: { contentSecurityPolicy, override: true },
        contentTypeOptions: { override: true },
        frameOptions: { frameOption: all["x-frame-options"] ?? "", override: true },
        referrerPolicy: { referrerPolicy: all["referrer-policy"] ?? "", override: true },
        strictTransportSecurity: { ...strictTransport, override: true },
      },
      customHeadersConfig: {
        items: plain.map((header) => ({ header, value: all[header] ?? "", override: true })),
      },
    });
  });
}

function edge(name: string, code: string) {
  return new aws.cloudfront.Function(name, { name: `yihao-${$app.stage}-${name}`, runtime: "cloudfront-js-2.0", code });
}

/**
 * One origin for people: CloudFront serves the pages from their bucket and hands `/api/*` and `/webhooks/*` to the API, with the secret by which the API knows that a request came
 * past the firewall. SITE_DOMAIN gives it a name of one's own, in Route 53.
 */
export function siteOf(foundation: Foundation, apiUrl: $util.Output<string>, frontSecret: $util.Output<string>) {
  const built = process.env.YIHAO_PAGES ?? join($cli.paths.root, "web/dist");
  if (!existsSync(join(built, "index.html"))) throw new Error("the pages are not built: npm run deploy builds them");
  const bucket = pages(built);
  const access = new aws.cloudfront.OriginAccessControl("PagesAccess", {
    name: `yihao-${$app.stage}-pages`,
    originAccessControlOriginType: "s3",
    signingBehavior: "always",
    signingProtocol: "sigv4",
  });
  const responseHeadersPolicyId = headers(foundation).apply((policy) => policy.id);
  const toApi = {
    targetOriginId: "api",
    viewerProtocolPolicy: "https-only",
    allowedMethods: ["DELETE", "GET", "HEAD", "OPTIONS", "PATCH", "POST", "PUT"],
    cachedMethods: ["GET", "HEAD"],
    compress: true,
    cachePolicyId: managed.cachingDisabled,
    originRequestPolicyId: managed.allViewerExceptHost,
    functionAssociations: [{ eventType: "viewer-request", functionArn: edge("api", apiAtEdge).arn }],
  };
  return new sst.aws.Cdn("Site", {
    comment: `Yihao ${$app.stage}`,
    ...(process.env.SITE_DOMAIN ? { domain: process.env.SITE_DOMAIN } : {}),
    webAclArn: foundation.webAclArn,
    wait: isKept($app.stage),
    defaultRootObject: "index.html",
    origins: [
      { originId: "pages", domainName: bucket.nodes.bucket.bucketRegionalDomainName, originAccessControlId: access.id },
      {
        originId: "api",
        domainName: apiUrl.apply((url) => new URL(url).host),
        // While the secret is changed the setting names two, of which the first is shown.
        customHeaders: [{ name: frontHeader, value: frontSecret.apply((all) => all.split(",")[0].trim()) }],
        customOriginConfig: {
          httpPort: 80,
          httpsPort: 443,
          originProtocolPolicy: "https-only",
          originReadTimeout: 30,
          originSslProtocols: ["TLSv1.2"],
        },
      },
    ],
    defaultCacheBehavior: {
      targetOriginId: "pages",
      viewerProtocolPolicy: "redirect-to-https",
      allowedMethods: ["GET", "HEAD"],
      cachedMethods: ["GET", "HEAD"],
      compress: true,
      cachePolicyId: managed.cachingOptimized,
      responseHeadersPolicyId,
      functionAssociations: [{ eventType: "viewer-request", functionArn: edge("pages", pagesAtEdge).arn }],
    },
    orderedCacheBehaviors: ["/api/*", "/webhooks/*"].map((pathPattern) => ({ pathPattern, ...toApi })),
  });
}
