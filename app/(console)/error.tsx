"use client";

import { FailureNotice } from "@/components/shell/failure-notice";

export default function ConsoleError({ error, retry }: { error: unknown; retry: () => void }) {
  return <FailureNotice error={error} retry={retry} />;
}
