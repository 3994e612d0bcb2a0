"use client";

import dynamic from "next/dynamic";
import { useEffect, useState } from "react";

/** The 120 subsets of Noto Sans KR, described by a stylesheet of its own. */
const NotoSansKr = dynamic(async () => (await import("./noto-sans-kr")).NotoSansKr, { ssr: false });

/** Fonts for Korean that systems come with, by the names that `local()` knows them under. */
const systemFonts = [
  "Pretendard",
  "Apple SD Gothic Neo",
  "AppleSDGothicNeo-Regular",
  "Malgun Gothic",
  "MalgunGothic",
  "Noto Sans CJK KR",
  "NotoSansCJKkr-Regular",
  "Noto Sans KR",
  "NanumGothic",
];

/** Loads a font for Korean where the reader's system has none. */
export function KoreanFont() {
  const [missing, setMissing] = useState(false);
  useEffect(() => {
    const probe = new FontFace("stowage-probe", systemFonts.map((name) => `local("${name}")`).join(", "));
    probe.load().catch(() => setMissing(true));
  }, []);
  return missing ? <NotoSansKr /> : null;
}
