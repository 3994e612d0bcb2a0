import { ageWords } from "../../shared/age.ts";
import type { Messages } from "../en.ts";

const units = { y: "년", d: "일", h: "시간", m: "분", s: "초" };

function seconds(count: number): string {
  return ageWords(count, units);
}

export const detail: Messages["detail"] = {
  parts: "이 페이지의 구성",
  source: "소스",
  namespace: "네임스페이스",
  age: "나이",
  healthUnknown: "이 종류의 상태를 설명하는 말이 아직 없습니다.",
  read: ({ ago }) => `${seconds(ago)} 전 기준`,

  gone: ({ ago }) => `${seconds(ago)} 전에 삭제되었습니다. 지금 보이는 것은 마지막 상태입니다.`,
  goneBody: "여기 보이는 내용은 더 이상 바뀌지 않습니다. 같은 이름의 다른 객체가 이미 있을 수 있습니다.",
  deleting: "삭제가 요청되었습니다. 파이널라이저와 노드가 놓아줄 때까지 객체가 남아 있습니다.",
  lost: "Stowage와의 연결이 끊겼습니다. 지금 보이는 것은 그때의 상태입니다.",
  noLongerRead: "다시 읽을 수 없습니다. 지금 보이는 것은 마지막으로 알려진 상태입니다.",
  loading: "읽는 중…",

  errors: {
    forbidden: "클러스터 관리자에게 이 네임스페이스에서 이 종류를 조회할 권한을 요청하거나 다른 소스를 보십시오.",
    "not-found": "삭제되었거나 이름이 바뀌었을 수 있습니다. 목록에 지금 있는 것이 나옵니다.",
    "source-unreachable": "Stowage가 자동으로 다시 시도합니다. 개요에서 모든 소스의 상태를 볼 수 있습니다.",
    "too-large": "아래 명령으로 읽으십시오.",
    other: "다시 시도하거나 목록으로 돌아가십시오.",
  },
  toList: ({ kinds }) => `${kinds} 전체`,
  saidBy: "소스의 응답",

  none: "없음",
  noFacts: "알려진 것이 없습니다.",

  conditions: {
    type: "유형",
    status: "상태",
    since: "변경",
    reason: "이유",
    message: "메시지",
    none: "보고된 컨디션이 없습니다.",
  },

  labels: "레이블",
  annotations: "어노테이션",
  noLabels: "레이블이 없습니다.",
  noAnnotations: "어노테이션이 없습니다.",
  sameLabel: ({ kinds }) => `이 레이블이 있는 ${kinds}`,
  characters: ({ shown }) => `${shown}자`,
  cutText: ({ shown }) => `… ${shown}자 더 있음. 전체는 아래 YAML에 있습니다.`,

  events: { none: "관련 이벤트가 없습니다. API 서버는 기본적으로 한 시간 뒤에 이벤트를 지웁니다.", about: "최신순" },
  related: { none: "지금은 없습니다.", all: "목록으로 열기" },

  containers: {
    none: "컨테이너가 없습니다.",
    types: { container: "컨테이너", init: "초기화 컨테이너", sidecar: "사이드카", ephemeral: "임시 컨테이너" },
    typeAbout: {
      container: "파드가 있는 동안 계속 실행됩니다.",
      init: "다른 컨테이너보다 먼저 실행되며 성공해야 합니다.",
      sidecar: "다른 컨테이너보다 먼저 시작해 함께 실행됩니다.",
      ephemeral: "실행 중인 파드에 추가된 컨테이너로, 주로 디버깅에 씁니다.",
    },
    pod: "파드",
    ofPod: ({ sentence }) => `파드: ${sentence}`,
    notInPod: ({ name }) => `파드에 ${name} 컨테이너가 없습니다.`,
    page: "이 컨테이너의 페이지 열기",
    ready: "준비됨",
    notReady: "준비 안 됨",
    restarts: ({ count }) => `재시작 ${count}회`,
    state: "상태",
    lastState: "마지막 재시작 이전",
    states: { waiting: "대기 중", running: "실행 중", terminated: "종료됨" },
    unknownState: "보고된 것이 없습니다.",
    since: ({ ago }) => `${seconds(ago)}째`,
    ended: ({ ago }) => `${seconds(ago)} 전`,
    ran: ({ time }) => `${seconds(time)} 동안 실행`,
    exit: ({ code }) => `종료 코드 ${code}`,
    signal: ({ signal }) => `시그널 ${signal}`,
    exitWords: {
      0: "성공",
      1: "프로그램 오류",
      126: "명령을 실행할 수 없음",
      127: "명령을 찾을 수 없음",
      128: "잘못된 종료 코드",
      130: "중단됨(SIGINT)",
      134: "비정상 중단(SIGABRT)",
      137: "강제 종료됨(SIGKILL): 메모리 초과이거나 제때 멈추지 않음",
      139: "메모리 접근 오류(SIGSEGV)",
      143: "종료 요청을 받음(SIGTERM)",
    },
    image: "이미지",
    imageId: "이미지 ID",
    containerId: "컨테이너 ID",
    pullPolicy: "풀 정책",
    command: "명령",
    args: "인자",
    workingDir: "작업 디렉터리",
    resources: "자원",
    request: "요청",
    limit: "제한",
    noRequest: "요청 없음",
    noLimit: "제한 없음",
    ports: "포트",
    hostPort: ({ port }) => `노드 포트 ${port}`,
    probes: "프로브",
    probeTypes: { startup: "스타트업", readiness: "레디니스", liveness: "라이브니스" },
    probeAbout: {
      startup: "성공할 때까지 다른 프로브가 기다립니다.",
      readiness: "실패하는 동안 서비스가 트래픽을 보내지 않습니다.",
      liveness: "실패하면 컨테이너를 재시작합니다.",
    },
    probe: ({ delay, period, timeout, successes, failures }) =>
      `${seconds(period)}마다${delay > 0 ? `, 첫 검사는 ${seconds(delay)} 후` : ""}; ` +
      `${seconds(timeout)} 안에 응답이 없는 일이 ${failures === 1 ? "한 번" : `연속 ${failures}번`}이면 실패` +
      (successes > 1 ? `; 연속 ${successes}번 성공해야 성공` : ""),
    noProbes: "프로브 없음: 실행되면 바로 준비된 것으로 보고, 종료될 때만 재시작합니다.",
    env: "환경 변수",
    envCount: ({ count }) => `변수 ${count}개`,
    envFrom: { value: "", secret: "시크릿", configMap: "컨피그맵", field: "필드", resource: "자원", other: "출처" },
    envAll: ({ prefix }) => (prefix === "" ? "모든 키" : `모든 키, ${prefix}…(으)로`),
    envKey: ({ key }) => `키 ${key}`,
    optional: "선택",
    empty: "빈 값",
    mounts: "마운트",
    mountsCount: ({ count }) => `마운트 ${count}개`,
    readOnly: "읽기 전용",
    subPath: ({ path }) => `그 안의 경로 ${path}`,
  },

  yaml: {
    title: "YAML",
    open: "YAML 열기",
    managedFields: "관리 필드",
    managedFieldsAbout: "서버 사이드 적용을 위해 API 서버가 기록하는, 필드마다 누가 설정했는지의 정보입니다.",
    download: "내려받기",
    copy: "복사",
    lines: ({ shown }) => `${shown}줄`,
    find: "찾기",
    found: ({ at, of }) => `${of}개 중 ${at}번째`,
    notFound: "찾을 수 없음",
    next: "다음",
    previous: "이전",
    cut: ({ shown }) => `… 이 줄에 ${shown}자 더 있음`,
    tooMany: ({ shown }) => `나머지 ${shown}줄은 그리지 않습니다. 내려받으면 들어 있습니다.`,
    loading: "YAML을 읽는 중…",
  },

  terminal: {
    title: "터미널에서 똑같이",
    about: "이 페이지의 내용을 보여 주는 kubectl 명령입니다.",
  },
  commands: {
    row: "목록의 행",
    describe: "이벤트를 포함한 자세한 설명",
    yaml: "객체 전체",
    events: "이 객체에 관한 보고",
    logs: "출력 따라가기",
    previous: "마지막 재시작 이전의 출력",
  },
};
