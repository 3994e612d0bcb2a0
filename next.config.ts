import type { NextConfig } from "next";

const config: NextConfig = {
  poweredByHeader: false,
  reactStrictMode: true,
  // Compression is lib/server's, which knows brotli and what may be compressed together with a secret.
  compress: false,
  devIndicators: false,
  // Nothing outside this folder belongs to the build; without it Next looks for a workspace further up.
  turbopack: { root: import.meta.dirname },
  images: { unoptimized: true },
  // tools/pack.ts asks Next which files of packages run. Images are not resized, so nothing that resizes them is one.
  ...(process.env["STOWAGE_PACK"] === "1" ? { output: "standalone" } : {}),
  outputFileTracingExcludes: { "*": ["**/node_modules/sharp/**", "**/node_modules/@img/**"] },
  // `npm run verify` checks every type, tests included; whoever starts Stowage need not wait for that again.
  typescript: { ignoreBuildErrors: true },
};

export default config;
