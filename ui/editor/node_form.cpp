#include "ui/editor/node_form.h"

#include <QEvent>
#include <QLabel>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QTextDocument>
#include <QVBoxLayout>
#include <algorithm>

#include "core/project/address_advice.h"
#include "core/project/complete.h"
#include "ui/editor/field.h"
#include "ui/editor/interface_box.h"
#include "ui/kit/fonts.h"
#include "ui/kit/theme.h"

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
  m_routesCaption = new QLabel(this);
  m_routes = new QPlainTextEdit(this);
  m_routes->setObjectName(QStringLiteral("routes"));
  m_routes->setFont(kit::monoFont());
  m_routes->setFixedHeight(m_routes->fontMetrics().height() * 4);
  m_routes->setTabChangesFocus(true);
  m_routes->installEventFilter(this);
  m_routesCaption->setBuddy(m_routes);
  m_routesTrouble = new QLabel(this);
  m_routesTrouble->setWordWrap(true);
  kit::setMood(*m_routesTrouble, "bad");
  column()->addWidget(m_name);
  column()->addLayout(m_interfaces);
  column()->addWidget(m_add, 0, Qt::AlignLeft);
  column()->addWidget(m_gateway);
  column()->addWidget(m_routesCaption);
  column()->addWidget(m_routes);
  column()->addWidget(m_routesTrouble);
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
  if (other) m_routes->document()->setModified(false);
  const std::vector<std::string> names = interfacesOf(*snapshot->draft, key);
  if (other || names != m_names) showInterfaces(names);
  if (other) m_name->line()->setModified(false);
  m_name->setValue(QString::fromStdString(its->name));
  for (InterfaceBox* box : m_boxes) box->setValue(*snapshot, *its, language);
  showRoutes();
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
  m_routesCaption->setVisible(stack);
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
  const QString text = others.join(QLatin1Char('\n'));
  if (!m_routes->hasFocus() && !m_routes->document()->isModified() && m_routes->toPlainText() != text)
    m_routes->setPlainText(text);
  const QString trouble = troubleAt(*m_snapshot, "nodes/" + its.name + "/routes");
  m_gateway->setTrouble(trouble);
  if (m_routes->document()->isModified()) return;
  m_routesTrouble->setVisible(false);
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
void NodeForm::enterRoutes() {
  const project::Node* its = node();
  if (!its || !m_routes->document()->isModified()) return;
  project::Node changed = *its;
  const auto gateway = std::find_if(changed.routes.begin(), changed.routes.end(), isGateway);
  std::vector<project::RouteSpec> routes;
  if (gateway != changed.routes.end()) routes.push_back(*gateway);
  QString wrong;
  for (const QString& line : m_routes->toPlainText().split(QLatin1Char('\n'), Qt::SkipEmptyParts)) {
    const auto route = project::parseRoute(line.toStdString());
    if (route) routes.push_back(*route);
    else wrong = refusal(line, {"a route", "路由"}, "10.0.2.0/24 via 10.0.1.1", m_language);
  }
  m_routesTrouble->setText(asSentences(wrong));
  m_routesTrouble->setVisible(!wrong.isEmpty());
  if (!wrong.isEmpty()) return;
  m_routes->document()->setModified(false);
  changed.routes = routes;
  replace(changed);
}

bool NodeForm::eventFilter(QObject* watched, QEvent* event) {
  if (watched == m_routes && event->type() == QEvent::FocusOut) enterRoutes();
  return Form::eventFilter(watched, event);
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
  m_routesCaption->setText(tr("Other routes, one a line"));
  m_routes->setAccessibleName(tr("Other routes"));
  m_routes->setPlaceholderText(tr("none; for example %1").arg(QStringLiteral("10.0.2.0/24 via 10.0.1.1")));
}

}  // namespace hw::editor
