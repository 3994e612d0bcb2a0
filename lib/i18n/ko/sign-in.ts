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
  checking: "잠시만 기다려 주세요…",
  ways: "로그인 방법",
  byToken: "Kubernetes 토큰",
  byPassword: "로그인 이름과 비밀번호",
  login: "로그인 이름",
  password: "비밀번호",
  empty: "입력하지 않은 칸이 있습니다.",
  disabled: "사용이 중지된 계정입니다. 이 Stowage의 관리자에게 문의하세요.",
  limited: ({ minutes }) => `실패한 시도가 너무 많습니다. ${minutes}분 뒤에 다시 시도하세요.`,
  different: "두 비밀번호가 서로 다릅니다.",
  badLogin:
    "로그인 이름은 영문 소문자, 숫자, . _ @ + - 로 이루어지며 영문자나 숫자로 시작하고 64자를 넘지 않아야 합니다.",
  needsHttps:
    "여기에서 로그인하려면 HTTPS가 필요합니다. 암호화되지 않은 HTTP로 보내는 내용은 전송 중에 노출될 수 있습니다. https:// 주소로 이 페이지를 여세요. 이미 프록시가 HTTPS를 처리한다면 --trusted-proxy로 그 주소를 지정하세요.",
  kept: "토큰은 로그아웃할 때까지 암호화되어 세션에 보관되며 페이지로 다시 보내지 않습니다.",
  passwordHint: "초대받을 때 받은 링크에서 정한 비밀번호입니다. 잊었다면 관리자에게 새 링크를 요청하세요.",

  setupTitle: "비밀번호 정하기",
  setupFirst: "첫 관리자 되기",
  setupFirstLead:
    "이 Stowage에는 아직 관리자가 없습니다. 로그인 이름과 비밀번호를 정하세요. 다른 사람은 그다음에 초대할 수 있습니다.",
  setupLead: ({ name }) => `${name} 님, 환영합니다. 로그인할 때 쓸 비밀번호를 정하세요.`,
  setupName: "이름",
  setupNameHint: "다른 사람에게 보이는 이름입니다. 비워 두어도 됩니다.",
  newPassword: "새 비밀번호",
  passwordAgain: "한 번 더 입력",
  passwordRule: "12자 이상이어야 합니다. 어려운 기호보다 나만 떠올릴 수 있는 단어 몇 개를 잇는 편이 안전합니다.",
  setupSubmit: "비밀번호를 정하고 로그인",

  localTitle: "실행 링크로 Stowage를 여세요",
  localLead: "이 Stowage는 실행한 사람만 사용할 수 있습니다. 한 번만 쓸 수 있는 링크가 터미널에 출력되어 있습니다.",
  localSpent: "이미 사용한 실행 링크입니다. 링크는 한 번만 쓸 수 있습니다.",
  localAgain: "터미널의 사용한 링크 아래에 새 링크가 있습니다. 이미 로그인된 브라우저 창을 사용해도 됩니다.",
};
