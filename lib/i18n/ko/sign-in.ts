import type { Messages } from "../en.ts";

export const signIn: Messages["signIn"] = {
  title: "로그인",
  lead: "클러스터에서 본인의 자격 증명으로 볼 수 있는 것만 표시합니다.",
  token: "Kubernetes 베어러 토큰",
  tokenHint: "발급 예: kubectl create token NAME -n NAMESPACE",
  show: "표시",
  hide: "숨기기",
  submit: "로그인",
  busy: "클러스터에 확인하는 중…",
  refused: "이 토큰을 아는 클러스터가 없습니다. 만료되었거나, Stowage가 감시하지 않는 클러스터의 토큰일 수 있습니다.",
  empty: "토큰이 입력되지 않았습니다.",
  failed: "로그인하지 못했습니다. 자세한 내용은 서버 로그에 있습니다.",
  kept: "토큰은 로그아웃할 때까지 서버 메모리에만 보관됩니다. 디스크에 저장하거나 이 페이지로 다시 보내지 않습니다.",

  localTitle: "실행 링크로 Stowage를 여세요",
  localLead: "이 Stowage는 실행한 사람만 사용할 수 있습니다. 한 번만 쓸 수 있는 링크가 터미널에 출력되어 있습니다.",
  localSpent: "이미 사용한 실행 링크입니다. 링크는 한 번만 쓸 수 있습니다.",
  localAgain: "터미널의 사용한 링크 아래에 새 링크가 있습니다. 이미 로그인된 브라우저 창을 사용해도 됩니다.",
};
