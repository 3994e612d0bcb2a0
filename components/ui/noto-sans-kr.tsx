"use client";

import "@fontsource-variable/noto-sans-kr/wght.css";

export function NotoSansKr() {
  return null;
}
