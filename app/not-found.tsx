import { NotFoundNotice } from "@/components/shell/not-found-notice";
import { PublicFrame } from "@/components/sign-in/public-frame";

/** An address that no route has. Whoever asks may be nobody, so that nothing of the console is drawn around it. */
export default function NotFound() {
  return (
    <PublicFrame>
      <NotFoundNotice />
    </PublicFrame>
  );
}
