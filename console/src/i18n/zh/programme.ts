export const programme = {
  title: "等级与积分",
  purpose: "会员怎样升级、保级，每个等级有多少人。",
  scheme: {
    title: "规则",
    metric: {
      net_spend: "等级看消费净额：买了多少，减去退了多少。",
      growth: "等级看成长值。",
      other: "等级按规则指标计算。",
    },
    window: "统计最近 {{days}} 天。",
    validity: "升级后有效 {{months}} 个月，到期时重新核定。",
    promote: {
      immediate: "达到门槛当时就升级，可以一次升几级。",
      daily: "每天核定一次，达到门槛就升级。",
      other: "达到门槛后升级。",
    },
    demote: {
      recompute: "到期时没有达到门槛，降到实际够得着的等级。",
      one_level: "到期时没有达到门槛，降一级。",
      never: "只升不降。",
      immediate: "消费净额不够时立即降级。",
      other: "到期时没有达到门槛会降级。",
    },
    onRefund: {
      period_end: "退货不会当场降级，到期核定时再一并计算。",
      immediate: "退货后消费净额不够，立即重新核定。",
    },
  },
  levels: {
    title: "各等级",
    from: "{{amount}} 起",
    entry: "入会即是",
    members: "{{value}} 人",
    see: "查看这些会员",
  },
  share: "占 {{share}}",
  empty: { title: "还没有设置等级", hint: "设置好等级后，会员会按消费自动定级。" },
};
