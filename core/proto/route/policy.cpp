#include "core/proto/route/policy.h"

#include <algorithm>

namespace hw::route {

std::vector<PolicyRule> defaultRules() {
  std::vector<PolicyRule> rules(3);
  rules[0].table = kTableLocal;
  rules[1].preference = 32766;
  rules[2].preference = 32767;
  rules[2].table = kTableDefault;
  return rules;
}

namespace {

Mismatch plainMismatch(const PolicyRule& rule, const Flow& flow) {
  constexpr InterfaceId kLoopback{0};
  if (!rule.from.contains(flow.source)) return Mismatch::From;
  if (!rule.to.contains(flow.destination)) return Mismatch::To;
  const InterfaceId in = flow.in.valid() ? flow.in : kLoopback;  // the kernel's flowi_iif of our own packets
  if (rule.in.valid() && rule.in != in) return Mismatch::Other;
  if (rule.out.valid() && rule.out != flow.out) return Mismatch::Other;
  if (((flow.mark ^ rule.mark) & rule.markMask) != 0) return Mismatch::Other;
  if (rule.tos != 0 && rule.tos != flow.tos) return Mismatch::Other;
  return Mismatch::None;
}

}  // namespace

Mismatch mismatch(const PolicyRule& rule, const Flow& flow) {
  const Mismatch plain = plainMismatch(rule, flow);
  if (!rule.inverted) return plain;
  return plain == Mismatch::None ? Mismatch::Other : Mismatch::None;
}

void insertRule(std::vector<PolicyRule>& rules, PolicyRule rule) {
  const auto at = std::find_if(rules.begin(), rules.end(),
                               [&](const PolicyRule& one) { return one.preference > rule.preference; });
  rules.insert(at, std::move(rule));
}

std::uint32_t freePreference(const std::vector<PolicyRule>& rules) {
  return rules.size() > 1 && rules[1].preference > 0 ? rules[1].preference - 1 : 0;
}

}  // namespace hw::route
