"use client";

import { FailureNotice } from "@/components/shell/failure-notice";

/** For what fails outside the console's frame. */
export default function RootError({ error, retry }: { error: unknown; retry: () => void }) {
  return <FailureNotice error={error} retry={retry} />;
}
