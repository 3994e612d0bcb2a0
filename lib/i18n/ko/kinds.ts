import type { Messages } from "../en.ts";

export const kinds: Messages["kinds"] = {
  nodes: { one: "노드", many: "노드", about: "파드를 실행하는 물리 또는 가상 머신입니다." },
  pods: {
    one: "파드",
    many: "파드",
    about:
      "쿠버네티스가 실행하는 가장 작은 단위입니다. 하나의 노드에서 주소를 공유하는 하나 이상의 컨테이너로 이루어집니다.",
  },
  containers: {
    one: "컨테이너",
    many: "컨테이너",
    about: "이미지에서 시작되어 노드의 나머지 부분과 격리된 프로세스입니다.",
  },
  namespaces: {
    one: "네임스페이스",
    many: "네임스페이스",
    about: "이름, 권한, 쿼터를 따로 갖는 클러스터의 한 구역입니다.",
  },
  events: {
    one: "이벤트",
    many: "이벤트",
    about: "클러스터 컴포넌트가 오브젝트에 대해 남긴 기록입니다. API 서버는 기본적으로 한 시간 뒤에 이벤트를 지웁니다.",
  },
  "deployments.apps": {
    one: "디플로이먼트",
    many: "디플로이먼트",
    about: "동일한 파드를 정해진 수만큼 유지하고, 템플릿이 바뀌면 단계적으로 교체합니다.",
  },
  "replicasets.apps": {
    one: "레플리카셋",
    many: "레플리카셋",
    about: "동일한 파드를 정해진 수만큼 유지합니다. 보통 디플로이먼트의 한 리비전에 해당합니다.",
  },
  "statefulsets.apps": {
    one: "스테이트풀셋",
    many: "스테이트풀셋",
    about: "데이터베이스처럼 파드마다 고유한 이름과 스토리지가 필요한 워크로드를 실행합니다.",
  },
  "daemonsets.apps": {
    one: "데몬셋",
    many: "데몬셋",
    about:
      "모든 노드 또는 선택한 노드마다 파드를 하나씩 실행합니다. 로그 수집기나 네트워크, 스토리지 에이전트에 쓰입니다.",
  },
  "jobs.batch": {
    one: "잡",
    many: "잡",
    about: "끝이 있는 작업입니다. 필요한 수의 파드가 성공하거나 너무 많이 실패할 때까지 파드를 실행합니다.",
  },
  "cronjobs.batch": {
    one: "크론잡",
    many: "크론잡",
    about: "정해진 스케줄에 따라 잡을 반복해서 시작합니다.",
  },
  services: {
    one: "서비스",
    many: "서비스",
    about: "계속 바뀌는 파드 앞에 두는, 바뀌지 않는 이름과 주소입니다.",
  },
  "endpointslices.discovery.k8s.io": {
    one: "엔드포인트슬라이스",
    many: "엔드포인트슬라이스",
    about: "서비스 뒤의 주소와 각 주소가 트래픽을 받을 준비가 되었는지를 담습니다. 큰 서비스에는 여러 개가 있습니다.",
  },
};
