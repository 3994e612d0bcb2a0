import type { Messages } from "../en.ts";

export const overview: Messages["overview"] = {
  title: "개요",
  wrong: ({ shown }) => `문제가 ${shown}건 있습니다`,
  nothingWrong: "문제가 없습니다",
  nothingWrongBody: "볼 수 있는 모든 노드, 파드, 디플로이먼트가 정상입니다.",
  nothingKnown: "알려진 문제가 없습니다",
  nothingKnownBody: ({ names }) => `지금은 전부를 볼 수 없습니다: ${names}.`,
  reading: "클러스터를 읽는 중입니다…",
  nothingSeen: "지금은 아무것도 볼 수 없습니다",
  nothingSeenBody: ({ names }) => `읽을 수 있는 소스가 없습니다: ${names}. Stowage가 계속 시도합니다.`,
  nothingAllowed:
    "그곳의 접근 권한을 관리하는 사람이 Role이나 ClusterRole로 파드와 노드의 조회(list)와 감시(watch)를 허용할 수 있습니다.",
  more: ({ shown }) => `그 밖에 ${shown}건`,
  failing: "실패",
  warning: "경고",
  problems: "문제",

  capacity: "용량",
  capacityAbout:
    "요청은 파드가 예약한 양이며 스케줄러는 이것만 봅니다. 제한은 파드가 쓸 수 있는 최대치이고, 모두 합하면 실제보다 클 수 있습니다. 할당 가능은 노드가 파드에 내어 주는 양입니다.",
  resources: { cpu: "CPU 코어", memory: "메모리", pods: "파드" },
  requested: "요청",
  limits: "제한",
  unknown: "알 수 없음",
  unknownWhy: "알려 주는 곳이 없거나 볼 권한이 없습니다.",
  ofAllocatable: ({ part, whole }) => `${whole} 중 ${part}`,
  partial: ({ names }) => `지금 볼 수 없는 ${names} 제외`,
  uncounted: "아직 세지 않았거나 볼 권한이 없습니다. 목록을 열면 셉니다.",
  running: "실행 중",

  sources: "소스",
  nodes: ({ shown }) => `노드 ${shown}개`,
  pods: ({ shown }) => `파드 ${shown}개`,
  containers: ({ shown }) => `컨테이너 ${shown}개`,
  scopeNamespaces: ({ count }) => `네임스페이스 ${count}개를 볼 수 있음`,

  counts: "전체",

  noToken: "아직 나를 아는 클러스터가 없습니다",
  noTokenBody:
    "Stowage는 본인의 Kubernetes 토큰으로 볼 수 있는 것을 표시합니다. 내 계정 페이지에서 토큰을 연결하세요. 연결된 클러스터가 없다면 이 Stowage를 운영하는 사람에게 문의하세요.",
  attachToken: "토큰 연결",
  none: "연결된 클러스터가 없습니다",
  noneLooked: "다음 위치를 찾아보았습니다:",
  noneLookedNothing: "kubeconfig를 찾았지만 어디에도 없었습니다.",
  noneHow: "연결하려면",
  noneSteps: [
    "kubectl이 쓰는 kubeconfig를 KUBECONFIG로 지정하거나 ~/.kube/config에 두십시오.",
    "아래 명령으로 확인하십시오. 노드 목록이 나와야 합니다.",
    "Stowage를 다시 시작하십시오. kubeconfig의 컨텍스트마다 소스가 하나씩 생깁니다.",
  ],
};
