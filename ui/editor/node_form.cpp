#include "ui/editor/node_form.h"

#include <QCheckBox>
#include <QPushButton>
#include <QVBoxLayout>
#include <algorithm>

#include "core/project/address_advice.h"
#include "core/project/complete.h"
#include "core/project/quantity.h"
#include "ui/editor/field.h"
#include "ui/editor/interface_box.h"
#include "ui/editor/lines_field.h"
#include "ui/kit/fonts.h"

namespace hw::editor {
namespace {

/// The one default route that is nothing but a gateway.
bool isGateway(const project::RouteSpec& route) {
  return route.prefix.length == 0 && route.via && route.metric == 0 && !route.src &&
         route.table == project::kMainTable && route.type == project::RouteType::Unicast;
}

std::vector<std::string> interfacesOf(const project::Draft& draft, project::NodeKey key) {
  std::vector<std::string> names;
  const auto at = std::find(draft.nodes.begin(), draft.nodes.end(), key) - draft.nodes.begin();
  for (const auto& one : project::Completion(draft.document).interfaces(static_cast<std::size_t>(at)))
    if (one.name != project::kLoopbackName && one.name != project::kBridgeName) names.push_back(one.name);
  return names;
}

}  // namespace

NodeForm::NodeForm(QWidget* parent) : Form(parent) {
  build();
  connectFields();
  retranslate();
}

void NodeForm::build() {
  m_name = new Field(QStringLiteral("nodeName"), this);
  m_name->line()->setFont(kit::textFont());
  m_interfaces = new QVBoxLayout;
  m_interfaces->setSpacing(8);
  m_add = new QPushButton(this);
  m_add->setObjectName(QStringLiteral("addInterface"));
  m_gateway = new Field(QStringLiteral("gateway"), this);
  m_tree = new QCheckBox(this);
  m_tree->setObjectName(QStringLiteral("spanningTree"));
  m_priority = new Field(QStringLiteral("bridgePriority"), this);
  m_ageing = new Field(QStringLiteral("ageingTime"), this);
  m_routes = new LinesField(QStringLiteral("routes"), 3, this);
  m_start = new LinesField(QStringLiteral("startLines"), 5, this);
  column()->addWidget(m_name);
  column()->addLayout(m_interfaces);
  column()->addWidget(m_add, 0, Qt::AlignLeft);
  column()->addWidget(m_gateway);
  for (QWidget* one : std::initializer_list<QWidget*>{m_tree, m_priority, m_ageing, m_routes, m_start}) column()->addWidget(one);
  column()->addStretch(1);
}

void NodeForm::connectFields() {
  connect(m_name, &Field::entered, this, [this](const QString& name) {
    emit edited(project::RenameNode{m_key, name.toStdString()});
  });
  connect(m_add, &QPushButton::clicked, this, [this] { emit edited(project::AddInterface{m_key, {}}); });
  m_gateway->setJudge([this](const QString& text) {
    const bool right = text.isEmpty() || Ipv4Address::parse(text.toStdString());
    return right ? QString() : refusal(text, {"an IPv4 address", "IPv4 地址"}, "192.0.2.1", m_language);
  });
  connect(m_gateway, &Field::entered, this, &NodeForm::enterGateway);
  m_routes->setJudge([this](const QString& line) {
    return project::parseRoute(line.toStdString()) ? QString() : refusal(line, {"a route", "路由"}, "10.0.2.0/24 via 10.0.1.1", m_language);
  });
  connect(m_routes, &LinesField::entered, this, &NodeForm::enterRoutes);
  connect(m_start, &LinesField::entered, this, [this](const QStringList& lines) {
    const project::Node* its = node();
    if (!its) return;
    project::Node changed = *its;
    changed.start.clear();
    for (const QString& line : lines) changed.start.push_back(line.toStdString());
    replace(changed);
  });
  connectBridge();
}

/// What a switch does besides passing on frames.
void NodeForm::connectBridge() {
  const auto change = [this](auto&& how) {
    const project::Node* its = node();
    if (!its) return;
    project::Node changed = *its;
    how(changed.bridge);
    replace(changed);
  };
  connect(m_tree, &QCheckBox::clicked, this, [change](bool on) {
    change([on](project::BridgeSpec& bridge) { bridge.stp = on ? std::optional(true) : std::nullopt; });
  });
  m_priority->setJudge([this](const QString& text) {
    const bool right = text.isEmpty() || project::parseInteger(text.toStdString(), 0, 65535);
    return right ? QString() : refusal(text, {"a priority from 0 to 65535", "0 到 65535 的优先级"}, "4096", m_language);
  });
  connect(m_priority, &Field::entered, this, [change](const QString& text) {
    change([&text](project::BridgeSpec& bridge) {
      bridge.priority.reset();
      if (const auto number = project::parseInteger(text.toStdString(), 0, 65535)) bridge.priority = static_cast<int>(*number);
    });
  });
  m_ageing->setJudge([this](const QString& text) {
    const bool right = text.isEmpty() || project::parseDuration(text.toStdString());
    return right ? QString() : refusal(text, {"a duration", "时长"}, "300s", m_language);
  });
  connect(m_ageing, &Field::entered, this, [change](const QString& text) {
    change([&text](project::BridgeSpec& bridge) { bridge.ageingTime = project::parseDuration(text.toStdString()); });
  });
}

void NodeForm::showBridge() {
  const project::Node& its = *node();
  const bool bridge = its.kind == project::NodeKind::Switch;
  for (QWidget* one : std::initializer_list<QWidget*>{m_tree, m_priority, m_ageing}) one->setVisible(bridge);
  m_tree->setChecked(its.bridge.stp.value_or(false));
  m_priority->setValue(its.bridge.priority ? QString::number(*its.bridge.priority) : QString());
  m_ageing->setValue(its.bridge.ageingTime ? QString::fromStdString(project::durationText(*its.bridge.ageingTime)) : QString());
  const std::string path = "nodes/" + its.name + "/bridge";
  m_priority->setTrouble(troubleAt(*m_snapshot, path + "/priority"));
  m_ageing->setTrouble(troubleAt(*m_snapshot, path + "/ageing_time"));
}

const project::Node* NodeForm::node() const { return m_snapshot ? m_snapshot->draft->node(m_key) : nullptr; }

void NodeForm::replace(const project::Node& changed) { emit edited(project::ReplaceNode{m_key, changed}); }

void NodeForm::setValue(const model::SnapshotPtr& snapshot, project::NodeKey key, Language language) {
  const bool other = m_key != key;
  m_snapshot = snapshot;
  m_key = key;
  m_language = language;
  const project::Node* const its = node();
  if (!its) return;
  if (other) m_routes->forget(), m_start->forget();
  const std::vector<std::string> names = interfacesOf(*snapshot->draft, key);
  if (other || names != m_names) showInterfaces(names);
  if (other) m_name->line()->setModified(false);
  m_name->setValue(QString::fromStdString(its->name));
  for (InterfaceBox* box : m_boxes) box->setValue(*snapshot, *its, language);
  showBridge();
  showRoutes();
  m_start->setVisible(!project::repeatsBits(its->kind));
  QStringList start;
  for (const std::string& line : its->start) start += QString::fromStdString(line);
  m_start->setValue(start);
  m_start->setTrouble(troubleAt(*snapshot, "nodes/" + its->name + "/start"));
}

void NodeForm::showInterfaces(const std::vector<std::string>& names) {
  for (InterfaceBox* box : m_boxes) {
    box->hide();
    box->deleteLater();
    box->setObjectName({});
    for (QLineEdit* line : box->findChildren<QLineEdit*>()) line->setObjectName({});
  }
  m_boxes.clear();
  m_names = names;
  for (const std::string& name : names) addBox(QString::fromStdString(name));
}

void NodeForm::addBox(const QString& name) {
  auto* box = new InterfaceBox(name, this);
  m_interfaces->addWidget(box);
  m_boxes.push_back(box);
  connect(box, &InterfaceBox::removed, this,
          [this, name] { emit edited(project::RemoveInterface{m_key, name.toStdString()}); });
  connect(box, &InterfaceBox::changed, this, [this](const project::InterfaceSpec& spec) {
    const project::Node* its = node();
    if (!its) return;
    project::Node changed = *its;
    const auto same = [&spec](const project::InterfaceSpec& one) { return one.name == spec.name; };
    const auto at = std::find_if(changed.interfaces.begin(), changed.interfaces.end(), same);
    if (at == changed.interfaces.end()) changed.interfaces.push_back(spec);
    else *at = spec;
    replace(changed);
  });
}

void NodeForm::showRoutes() {
  const project::Node& its = *node();
  const bool stack = its.kind == project::NodeKind::Host || its.kind == project::NodeKind::Router;
  m_gateway->setVisible(stack);
  m_routes->setVisible(stack);
  QString gateway, suggestion;
  QStringList others;
  for (const project::RouteSpec& route : its.routes) {
    if (gateway.isEmpty() && isGateway(route)) gateway = QString::fromStdString(route.via->text());
    else others += QString::fromStdString(project::routeText(route));
  }
  for (const std::string& name : m_names) {
    const auto advice = project::adviceFor(m_snapshot->draft->document, {its.name, name});
    const bool own = its.kind == project::NodeKind::Host && advice.gateway && suggestion.isEmpty();
    if (own) suggestion = QString::fromStdString(advice.gateway->text());
  }
  m_gateway->setValue(gateway);
  m_gateway->setSuggestion(gateway.isEmpty() ? suggestion : QString());
  m_routes->setValue(others);
  const QString trouble = troubleAt(*m_snapshot, "nodes/" + its.name + "/routes");
  m_gateway->setTrouble(trouble);
}

void NodeForm::enterGateway(const QString& text) {
  const project::Node* its = node();
  if (!its) return;
  project::Node changed = *its;
  const auto old = std::find_if(changed.routes.begin(), changed.routes.end(), isGateway);
  if (old != changed.routes.end()) changed.routes.erase(old);
  if (const auto via = Ipv4Address::parse(text.toStdString())) {
    project::RouteSpec route;
    route.via = *via;
    changed.routes.insert(changed.routes.begin(), route);
  }
  replace(changed);
}

/// Each line as it stands behind `ip route add`.
void NodeForm::enterRoutes(const QStringList& lines) {
  const project::Node* its = node();
  if (!its) return;
  project::Node changed = *its;
  const auto gateway = std::find_if(changed.routes.begin(), changed.routes.end(), isGateway);
  std::vector<project::RouteSpec> routes;
  if (gateway != changed.routes.end()) routes.push_back(*gateway);
  for (const QString& line : lines)
    if (const auto route = project::parseRoute(line.toStdString())) routes.push_back(*route);
  changed.routes = routes;
  replace(changed);
}

void NodeForm::rename() {
  m_name->line()->setFocus(Qt::ShortcutFocusReason);
  m_name->line()->selectAll();
}

void NodeForm::retranslate() {
  m_name->setCaption(tr("Name"));
  m_add->setText(tr("Add an interface"));
  m_gateway->setCaption(tr("Gateway"));
  m_gateway->setPlaceholder(tr("none"));
  m_tree->setText(tr("Spanning tree (STP)"));
  m_priority->setCaption(tr("Priority"));
  m_priority->setPlaceholder(QStringLiteral("32768"));
  m_ageing->setCaption(tr("Ageing time"));
  m_ageing->setPlaceholder(QStringLiteral("300s"));
  m_routes->setCaption(tr("Other routes, one a line"), tr("Other routes"));
  m_routes->setPlaceholder(tr("none; for example %1").arg(QStringLiteral("10.0.2.0/24 via 10.0.1.1")));
  m_start->setCaption(tr("Commands at the beginning, one a line"), tr("Commands at the beginning"));
  m_start->setPlaceholder(tr("none; for example %1").arg(QStringLiteral("ip link add link eth0 name eth0.10 type vlan id 10")));
}

}  // namespace hw::editor
