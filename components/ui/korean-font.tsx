"use client";

import dynamic from "next/dynamic";

/** The 120 subsets of Noto Sans KR as a stylesheet of its own, so that only pages in Korean load it. */
export const KoreanFont = dynamic(async () => (await import("./noto-sans-kr")).NotoSansKr);
