#include "ui/editor/interface_box.h"

#include <QCheckBox>
#include <QEvent>
#include <QHBoxLayout>
#include <QPushButton>
#include <QVBoxLayout>

#include "core/project/address_advice.h"
#include "core/project/quantity.h"
#include "core/project/vlan_text.h"
#include "ui/editor/field.h"

namespace hw::editor {
namespace {

constexpr std::int64_t kLeastMtu = 68, kMostMtu = 65535;

/// "10.0.1.5" takes the length of the subnet.
std::optional<Ipv4Prefix> readAddress(const QString& word, std::uint8_t length) {
  auto prefix = Ipv4Prefix::parse(word.toStdString());
  if (prefix && !word.contains(QLatin1Char('/'))) prefix->length = length;
  return word == QLatin1String("default") ? std::nullopt : prefix;
}

QStringList words(const QString& text) {
  QString spaced = text;
  return spaced.replace(QLatin1Char(','), QLatin1Char(' ')).split(QLatin1Char(' '), Qt::SkipEmptyParts);
}

QString addressText(const project::InterfaceSpec& spec) {
  QStringList list;
  for (const Ipv4Prefix& one : spec.addresses) list += QString::fromStdString(one.text());
  return list.join(QStringLiteral(", "));
}

/// The interface at the other end of the cable, or nothing.
std::string peerOf(const project::Document& document, const project::LinkEnd& end) {
  for (const project::LinkSpec& link : document.links) {
    if (link.a == end) return link.b.text();
    if (link.b == end) return link.a.text();
  }
  return {};
}

}  // namespace

QString troubleAt(const model::Snapshot& snapshot, const std::string& path) {
  QStringList texts;
  for (const model::Trouble& one : snapshot.troubles)
    if (one.path == path || one.path.starts_with(path + "/")) texts += QString::fromStdString(one.text);
  return texts.join(QLatin1Char('\n'));
}

QString refusal(const QString& found, const Text& of, const char* right, Language language) {
  project::Problem problem{.id = project::ProblemId::BadValue,
                           .found = project::inQuotes(found.toStdString()),
                           .right = right,
                           .of = of};
  return QString::fromStdString(project::message(problem, language));
}

InterfaceBox::InterfaceBox(const QString& name, QWidget* parent) : QGroupBox(parent), m_name(name) {
  setObjectName(QStringLiteral("interface-") + name);
  build();
  connectFields();
  retranslate();
}

void InterfaceBox::build() {
  auto* column = new QVBoxLayout(this);
  column->setContentsMargins(8, 4, 8, 8);
  column->setSpacing(4);
  m_address = new Field(m_name + QStringLiteral("-address"), this);
  m_mac = new Field(m_name + QStringLiteral("-mac"), this);
  m_mtu = new Field(m_name + QStringLiteral("-mtu"), this);
  m_vlan = new Field(m_name + QStringLiteral("-vlan"), this);
  m_up = new QCheckBox(this);
  m_up->setObjectName(m_name + QStringLiteral("-up"));
  m_remove = new QPushButton(this);
  m_remove->setObjectName(m_name + QStringLiteral("-remove"));
  for (Field* field : {m_address, m_mac, m_mtu, m_vlan}) column->addWidget(field);
  auto* row = new QHBoxLayout;
  row->addWidget(m_up);
  row->addStretch(1);
  row->addWidget(m_remove);
  column->addLayout(row);
}

void InterfaceBox::connectFields() {
  m_address->setJudge([this](const QString& text) {
    for (const QString& word : words(text))
      if (!readAddress(word, m_length))
        return refusal(word, {"an IPv4 address with its prefix length", "带前缀长度的 IPv4 地址"}, "192.0.2.1/24", m_language);
    return QString();
  });
  m_mac->setJudge([this](const QString& text) {
    const bool right = text.isEmpty() || MacAddress::parse(text.toStdString());
    return right ? QString() : refusal(text, {"a MAC address", "MAC 地址"}, "02:00:00:00:00:aa", m_language);
  });
  m_mtu->setJudge([this](const QString& text) {
    const bool right = text.isEmpty() || project::parseInteger(text.toStdString(), kLeastMtu, kMostMtu);
    return right ? QString() : refusal(text, {"an MTU from 68 to 65535", "68 到 65535 的 MTU"}, "1500", m_language);
  });
  connect(m_address, &Field::entered, this, [this](const QString& text) {
    project::InterfaceSpec spec = m_spec;
    spec.addresses.clear();
    for (const QString& word : words(text)) spec.addresses.push_back(*readAddress(word, m_length));
    emit changed(spec);
  });
  connect(m_mac, &Field::entered, this, [this](const QString& text) {
    project::InterfaceSpec spec = m_spec;
    spec.mac = text.isEmpty() ? std::nullopt : MacAddress::parse(text.toStdString());
    emit changed(spec);
  });
  connect(m_mtu, &Field::entered, this, [this](const QString& text) {
    project::InterfaceSpec spec = m_spec;
    spec.mtu.reset();
    if (const auto mtu = project::parseInteger(text.toStdString(), kLeastMtu, kMostMtu)) spec.mtu = static_cast<int>(*mtu);
    emit changed(spec);
  });
  m_vlan->setJudge([this](const QString& text) {
    const bool right = project::parseVlanLine(text.toStdString()).has_value();
    return right ? QString() : refusal(text, {"a port's VLANs", "端口的 VLAN"}, "access 10 / trunk 10,20-29 native 1", m_language);
  });
  connect(m_vlan, &Field::entered, this, [this](const QString& text) {
    project::InterfaceSpec spec = m_spec;
    project::VlanSpec vlan = *project::parseVlanLine(text.toStdString());
    if (spec.vlan) vlan.byMac = spec.vlan->byMac, vlan.bySubnet = spec.vlan->bySubnet;
    spec.vlan = {};
    if (vlan != project::VlanSpec{}) spec.vlan = vlan;
    emit changed(spec);
  });
  connect(m_up, &QCheckBox::clicked, this, [this](bool up) {
    project::InterfaceSpec spec = m_spec;
    spec.down = !up;
    emit changed(spec);
  });
  connect(m_remove, &QPushButton::clicked, this, &InterfaceBox::removed);
}

void InterfaceBox::setValue(const model::Snapshot& snapshot, const project::Node& node, Language language) {
  m_language = language;
  m_spec = {};
  m_spec.name = m_name.toStdString();
  for (const project::InterfaceSpec& one : node.interfaces)
    if (one.name == m_spec.name) m_spec = one;
  const project::LinkEnd end{node.name, m_spec.name};
  const std::string peer = peerOf(snapshot.draft->document, end);
  setTitle(peer.empty() ? tr("%1, no cable").arg(m_name) : QStringLiteral("%1 → %2").arg(m_name, QString::fromStdString(peer)));
  setAccessibleName(tr("Interface %1").arg(m_name));
  const bool stack = node.kind == project::NodeKind::Host || node.kind == project::NodeKind::Router;
  m_address->setVisible(stack);
  m_mac->setVisible(stack);
  m_mtu->setVisible(!project::repeatsBits(node.kind));
  m_up->setVisible(!project::repeatsBits(node.kind));
  const auto advice = project::adviceFor(snapshot.draft->document, end);
  m_length = advice.subnet.length;
  const bool suggests = stack && m_spec.addresses.empty() && advice.address;
  m_address->setSuggestion(suggests ? QString::fromStdString(advice.address->text()) : QString());
  m_address->setValue(addressText(m_spec));
  m_mac->setValue(m_spec.mac ? QString::fromStdString(m_spec.mac->text()) : QString());
  m_mtu->setValue(m_spec.mtu ? QString::number(*m_spec.mtu) : QString());
  m_vlan->setVisible(node.kind == project::NodeKind::Switch);
  m_vlan->setValue(m_spec.vlan ? QString::fromStdString(project::vlanLine(*m_spec.vlan)) : QString());
  m_up->setChecked(!m_spec.down);
  const std::string path = "nodes/" + node.name + "/interfaces/" + m_spec.name;
  m_address->setTrouble(troubleAt(snapshot, path + "/addresses"));
  m_mac->setTrouble(troubleAt(snapshot, path + "/mac"));
  m_mtu->setTrouble(troubleAt(snapshot, path + "/mtu"));
  m_vlan->setTrouble(troubleAt(snapshot, path + "/vlan"));
  if (!stack) return;
  for (const lens::NodeCard& card : snapshot.nodes)
    for (const lens::PortCard& port : card.ports)
      if (card.present && card.name == node.name && port.name == m_spec.name)
        m_mac->setPlaceholder(tr("%1, automatic").arg(QString::fromStdString(port.mac)));
}

void InterfaceBox::retranslate() {
  m_address->setCaption(tr("IP address"));
  m_address->setPlaceholder(tr("none; for example %1").arg(QStringLiteral("192.0.2.10/24")));
  m_mac->setCaption(tr("MAC address"));
  m_mtu->setCaption(tr("MTU"));
  m_mtu->setPlaceholder(QStringLiteral("1500"));
  m_vlan->setCaption(QStringLiteral("VLAN"));
  m_vlan->setPlaceholder(tr("none; for example %1").arg(QStringLiteral("access 10")));
  m_up->setText(tr("Switched on"));
  m_remove->setText(tr("Delete"));
  m_remove->setToolTip(tr("Delete this interface"));
  m_remove->setAccessibleName(tr("Delete interface %1").arg(m_name));
}

void InterfaceBox::changeEvent(QEvent* event) {
  QGroupBox::changeEvent(event);
  if (event->type() == QEvent::LanguageChange) retranslate();
}

}  // namespace hw::editor
