import type { ActionSummary, Brand, ProductSummary, RetCode } from "../../scripts/model/api-model.js";

/** A made-up vendor for tests of the search: names as such vendors choose them, summaries in English or Chinese. */

/** Actions of a product: `Name summary | parameters | response fields`, `!` for a deprecated one. */
const products: Readonly<Record<string, readonly [title: string, actions: string]>> = {
  ulink: [
    "ULink",
    `AddLinkMember 向专线添加成员 | LinkId MemberId | LinkId
    CreateULink 新建一条专线 | LinkName Bandwidth PeerRegion | LinkId
    DeleteULink 释放专线 | LinkId |
    DescribeULink 列出专线 | LinkIds Offset Limit | LinkSet PeerState TotalCount
    GetULinkPrice 查询专线价格 | Bandwidth ChargeType Quantity | Price OriginalPrice
    ModifyULinkBandwidth 调整专线带宽 | LinkId Bandwidth |
    RemoveLinkMember 从专线移除成员 | LinkId MemberId |`,
  ],
  uhost: [
    "UHost",
    `AttachKeyPair 给云主机挂上密钥对 | UHostIds KeyPairId |
    CheckUHostCapacity 检查机房还能不能开云主机 | MachineType CPU Memory | ResourceEnough
    CopyImage 把镜像复制到另一地域 | SourceImageId TargetRegion | TargetImageId
    CreateImage 用云主机制作镜像 | UHostId ImageName | ImageId
    CreateKeyPair 新建密钥对 | KeyPairName | PrivateKeyBody
    CreateUHostInstance 购买一台云主机 | ImageId MachineType CPU Memory Password LoginMode Disks Size Type UserData ChargeType | UHostIds
    DeleteImage 删掉自制镜像 | ImageId |
    DeleteKeyPairs 删除密钥对 | KeyPairIds |
    DescribeImage 列出可用的镜像 | ImageType OsType Offset Limit | ImageSet OsName MinimalCPU
    DescribeMachineTypes 有哪些机型可以买 | Zone MachineType | MachineTypes
    DescribeUHostInstance 云主机的列表与详情 | UHostIds Tag Offset Limit | UHostSet IPSet BootDiskState
    DescribeUHostTags 业务组一览 | | TagSet
    !GetUHostInstanceList 云主机列表，旧接口 | UHostIds | UHostSet
    GetUHostPrice 云主机询价 | ImageId CPU Memory Quantity ChargeType | PriceSet
    GetUHostRenewPrice 云主机续费要多少钱 | UHostId | PriceSet
    GetUHostVncInfo 取得网页终端的地址 | UHostId | VncIP VncPort VncPassword
    ImportKeyPairs 上传已有的公钥 | PublicKeyBody | KeyPairs
    ModifyUHostName 给云主机改名 | UHostId Name |
    ModifyUHostTag 换业务组 | UHostId Tag |
    RebootUHostInstance 重启云主机 | UHostId |
    ReinstallUHostInstance 给云主机重装系统 | UHostId ImageId Password |
    ResetUHostPassword 重设云主机的登录密码 | UHostId Password |
    ResizeUHostInstance 更改云主机配置 | UHostId CPU Memory |
    StartUHostInstance 开机 | UHostId |
    StopUHostInstance 关机 | UHostId |
    TerminateUHostInstance 销毁云主机 | UHostId ReleaseEIP ReleaseUDisk | InRecycle`,
  ],
  udisk: [
    "UDisk",
    `AttachUDisk 把云盘接到云主机 | UDiskId UHostId | DeviceName
    CloneUDisk 从云盘克隆出一块新盘 | SourceId Name | UDiskId
    CreateUDisk 购买云盘 | Name Size DiskType ChargeType | UDiskId
    CreateUDiskSnapshot 给云盘打快照 | UDiskId SnapshotName | SnapshotId
    DeleteUDisk 删除云盘 | UDiskId |
    DeleteUDiskSnapshot 删除快照 | SnapshotId |
    DescribeUDisk 查看云盘 | UDiskId Offset Limit DiskType | UDiskSet SnapshotCount
    DescribeUDiskPrice 云盘询价 | Size Quantity ChargeType | Price
    DescribeUDiskSnapshot 查看快照 | SnapshotId Offset Limit | SnapshotSet
    DetachUDisk 把云盘从云主机上取下 | UDiskId UHostId |
    RenameUDisk 给云盘改名 | UDiskId UDiskName |
    ResizeUDisk 云盘扩容 | UDiskId Size |
    RestoreUDisk 用快照把云盘恢复到以前 | UDiskId SnapshotId |`,
  ],
  umem: [
    "UMem",
    `CheckURedisAllowance 还有没有资源开主备 Redis | Size | Count
    CreateUMemBackup Back up a sharded Redis | SpaceId BackupName | BackupId
    CreateUMemSpace Create a sharded Redis space | Size Name Password | SpaceId
    CreateURedisBackup Back up a Redis pair | GroupId BackupName | BackupId
    CreateURedisGroup Create a Redis pair | Size Name Password Version | GroupId
    DeleteUMemSpace Remove a sharded Redis space | SpaceId |
    DeleteURedisGroup Remove a Redis pair | GroupId |
    DescribeUMemBackup Backups of a sharded Redis | SpaceId Offset Limit | BackupSet
    DescribeUMemBackupURL Download links of the shards of a backup | SpaceId BackupId BlockId | BackupURL
    DescribeUMemBlockInfo Shards of a space | SpaceId | BlockSlotBegin BlockSlotEnd
    DescribeUMemPrice Price of a space | Size Quantity ChargeType | Price
    DescribeUMemSpace Spaces of a project | SpaceId Offset Limit | SpaceSet
    DescribeURedisBackup Backups of a Redis pair | GroupId Offset Limit | BackupSet
    DescribeURedisBackupURL Download link of a backup of a Redis pair | BackupId | BackupURL
    DescribeURedisSlowlog Slow commands of a Redis pair | GroupId BeginTime EndTime | SpendTime Command
    ModifyUMemSpaceName Rename a space | SpaceId Name |
    ModifyURedisGroupPassword Change the password of a Redis pair | GroupId Password |
    ResizeUMemSpace Change the capacity of a space | SpaceId Size |
    RestartURedisGroup Restart a Redis pair | GroupId |
    UpdateURedisBackupStrategy When a Redis pair is backed up | GroupId BackupTime |`,
  ],
  unet: [
    "UNet",
    `AllocateEIP 申请弹性 IP | OperatorName Bandwidth ChargeType | EIPSet
    AllocateShareBandwidth 购买共享带宽 | Name ShareBandwidth | ShareBandwidthId
    BindEIP 把弹性 IP 绑定到资源 | EIPId ResourceType ResourceId |
    CreateFirewall 新建防火墙 | Name Rule | FWId
    DeleteFirewall 删除防火墙 | FWId |
    DescribeBandwidthUsage 带宽用了多少 | EIPIds | CurBandwidth
    DescribeEIP 查看弹性 IP | EIPIds Offset Limit | EIPSet TotalBandwidth
    DescribeFirewall 查看防火墙 | FWId Offset Limit | FirewallSet
    GetEIPPrice 弹性 IP 询价 | Bandwidth OperatorName ChargeType | PriceDetail
    GrantFirewall 把防火墙用到资源上 | FWId ResourceId |
    ModifyEIPBandwidth 更改弹性 IP 的带宽 | EIPId Bandwidth |
    ReleaseEIP 释放弹性 IP | EIPId |
    UnBindEIP 解绑弹性 IP | EIPId ResourceId |
    UpdateFirewall 更换防火墙的规则 | FWId Rule |`,
  ],
  ulb: [
    "ULB",
    `AddSSLBinding 给监听绑定证书 | SSLId ListenerId |
    AllocateBackend 添加后端节点 | ULBId VServerId ResourceId Port | BackendId
    CreateListener 新建应用型负载均衡的监听 | LoadBalancerId Port Certificates | ListenerId
    CreateLoadBalancer 新建应用型负载均衡 | Name SubnetId | LoadBalancerId
    CreateSSL 上传证书 | SSLName SSLContent PrivateKey | SSLId
    CreateULB 新建传统型负载均衡 | ULBName Tag | ULBId
    DeleteListener 删除监听 | LoadBalancerId ListenerId |
    DeleteLoadBalancer 删除应用型负载均衡 | LoadBalancerId |
    DeleteSSL 删除证书 | SSLId |
    DeleteULB 删除传统型负载均衡 | ULBId |
    DescribeLoadBalancers 查看应用型负载均衡 | LoadBalancerIds Offset Limit | LoadBalancers WAFMode
    DescribeSSL 查看证书 | SSLId Offset Limit | SSLContent
    DescribeULB 查看传统型负载均衡 | ULBId Offset Limit | ULBSet
    ReleaseBackend 去掉后端节点 | ULBId BackendId |
    UpdateULBAttribute 更改传统型负载均衡的名称 | ULBId Name |`,
  ],
  vpc: [
    "VPC",
    `AddRouteRule 添加路由 | RouteTableId RouteRule |
    CreateNATGW 新建 NAT 网关 | VPCId SubnetworkIds NATGWName | NATGWId
    CreateSubnet 新建子网 | VPCId Subnet Netmask | SubnetId
    CreateVPC 新建私有网络 | Name Network | VPCId
    DeleteSubnet 删除子网 | SubnetId |
    DeleteVPC 删除私有网络 | VPCId |
    DescribeNATGW 查看 NAT 网关 | NATGWIds | DstIP
    DescribeSubnet 查看子网 | SubnetIds VPCId | AvailableIPs
    DescribeVPC 查看私有网络 | VPCIds | SubnetCount
    ListSubnetForNATGW 哪些子网能用 NAT 网关 | VPCId | HasNATGW`,
  ],
  udb: [
    "UDB",
    `BackupUDBInstance 立刻备份数据库 | DBId BackupName | BackupId
    CreateUDBInstance 新建数据库实例 | DBTypeId AdminPassword DiskSpace | DBId
    CreateUDBSlave 给数据库建一个从库 | SrcId Name | DBId
    DeleteUDBInstance 删除数据库实例 | DBId |
    DescribeUDBBackup 数据库备份的列表 | DBId Offset Limit | BackupType
    DescribeUDBInstance 查看数据库实例 | DBId ClassType | DBSubVersion
    DescribeUDBSlowLog 数据库的慢日志 | DBId BeginTime | QueryTime
    GetUDBBackupURL 取得数据库备份的下载地址 | DBId BackupId | BackupPath
    ModifyUDBInstancePassword 修改数据库管理员的密码 | DBId Password |
    PromoteUDBSlave 把从库变成主库 | DBId |
    RestartUDBInstance 重启数据库 | DBId |`,
  ],
  uaccount: [
    "UAccount",
    `AddMemberToProject 让成员加入项目 | MemberEmail CharacterId |
    CreateProject Create a project | ProjectName | ProjectId
    GetProjectList List the projects of an account | IsFinance | ProjectSet ResourceCount
    GetRegion List regions and zones | | Regions RegionName BitMaps
    GetUserInfo Who the key pair belongs to | | UserEmail
    ModifyProject Rename a project | ProjectName |
    TerminateProject Remove a project | |`,
  ],
  ubill: [
    "UBill",
    `CreateRenew 给资源续费 | ResourceId ChargeType | OrderNo
    GetBalance 账户余额 | | AmountAvailable
    GetBillDataFileUrl 下载账单文件 | BillPeriod | FileUrl
    ListOrders 查看订单 | BeginTime EndTime Offset Limit | OrderInfos
    ListUBillDetail 账单明细 | BillingCycle | ItemDetails
    SetAutoRenew 打开或关掉自动续费 | ResourceId Flag |`,
  ],
};

const common = ["Region", "ProjectId"];

/** The summaries of the vendor's products. */
export const searchVendor: readonly ProductSummary[] = Object.entries(products).map(
  ([name, [title, lines]]) => ({
    name,
    title,
    actions: lines.split("\n").map(actionOf),
    retCodes: name === "umem" ? [retCode(20208, "BackupLimit", "There are too many backups already.")] : [],
  }),
);

function actionOf(line: string): ActionSummary {
  const [head = "", parameters = "", fields = ""] = line.split("|").map((part) => part.trim());
  const [name = "", ...summary] = head.replace("!", "").split(" ");
  return {
    name,
    summary: summary.join(" "),
    retrySafe: true,
    deprecated: head.startsWith("!"),
    required: [],
    parameters: [...common, ...parameters.split(" ").filter((one) => one !== "")],
    fields: fields.split(" ").filter((one) => one !== ""),
  };
}

function retCode(code: number, name: string, meaning: string, retry: RetCode["retry"] = "never"): RetCode {
  return { code, name, meaning, remedy: "", causes: [], actions: [], retry };
}

/** The brand of the vendor. */
export const searchBrand = {
  retCodes: [
    retCode(110, "BackendTimeout", "No response in time; the outcome is unknown.", "idempotent"),
    retCode(153, "RequestThrottled", "Too many requests.", "throttle"),
    retCode(171, "SignatureMismatch", "The signature does not match the parameters."),
    retCode(172, "UnknownPublicKey", "The public key does not exist."),
    retCode(220, "MissingParameter", "A required parameter is missing."),
    retCode(299, "AccessDenied", "An access policy forbids this call."),
  ],
} satisfies Pick<Brand, "retCodes">;
