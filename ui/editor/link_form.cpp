#include "ui/editor/link_form.h"

#include <QCheckBox>
#include <QComboBox>
#include <QLabel>
#include <QVBoxLayout>
#include <algorithm>

#include "core/project/quantity.h"
#include "ui/editor/field.h"
#include "ui/editor/interface_box.h"
#include "ui/kit/fonts.h"
#include "ui/kit/theme.h"

namespace hw::editor {
namespace {

std::string pathOf(const project::Draft& draft, project::LinkKey key) {
  const auto at = std::find(draft.links.begin(), draft.links.end(), key) - draft.links.begin();
  return "links/" + std::to_string(at);
}

}  // namespace

LinkForm::LinkForm(QWidget* parent)
    : Form(parent),
      m_ends(new QLabel(this)),
      m_trouble(new QLabel(this)),
      m_latency(new Field(QStringLiteral("linkLatency"), this)),
      m_rate(new Field(QStringLiteral("linkRate"), this)),
      m_loss(new Field(QStringLiteral("linkLoss"), this)),
      m_length(new Field(QStringLiteral("linkLength"), this)),
      m_duplexName(new QLabel(this)),
      m_duplex(new QComboBox(this)),
      m_cut(new QCheckBox(this)) {
  m_ends->setFont(kit::textFont(kit::TextSize::Normal, true));
  m_ends->setWordWrap(true);
  m_cut->setObjectName(QStringLiteral("linkCut"));
  m_trouble->setObjectName(QStringLiteral("linkTrouble"));
  m_trouble->setWordWrap(true);
  kit::setMood(*m_trouble, "bad");
  column()->addWidget(m_ends);
  column()->addWidget(m_trouble);
  for (Field* field : {m_latency, m_rate, m_loss, m_length}) column()->addWidget(field);
  m_duplex->setObjectName(QStringLiteral("linkDuplex"));
  m_duplexName->setFont(kit::textFont(kit::TextSize::Small));
  m_duplexName->setBuddy(m_duplex);
  for (int i = 0; i < 3; ++i) m_duplex->addItem(QString());
  column()->addWidget(m_duplexName);
  column()->addWidget(m_duplex);
  column()->addWidget(m_cut);
  column()->addStretch(1);
  connectFields();
  retranslate();
}

void LinkForm::connectFields() {
  m_latency->setJudge([this](const QString& text) {
    const auto latency = project::parseDuration(text.toStdString());
    return latency && latency->ns > 0 ? QString() : refusal(text, {"a duration above 0", "大于 0 的时长"}, "10us", m_language);
  });
  m_rate->setJudge([this](const QString& text) {
    const bool right = text.isEmpty() || project::parseRate(text.toStdString());
    return right ? QString() : refusal(text, {"a rate", "速率"}, "1Gbit", m_language);
  });
  m_loss->setJudge([this](const QString& text) {
    const bool right = text.isEmpty() || project::parseLoss(text.toStdString());
    return right ? QString() : refusal(text, {"a share of frames", "帧的比例"}, "0.5%", m_language);
  });
  connect(m_latency, &Field::entered, this, [this](const QString& text) {
    project::LinkSpec link = m_spec;
    link.latency = *project::parseDuration(text.toStdString());
    replace(link);
  });
  connect(m_rate, &Field::entered, this, [this](const QString& text) {
    project::LinkSpec link = m_spec;
    link.bitsPerSecond = text.isEmpty() ? std::nullopt : project::parseRate(text.toStdString());
    replace(link);
  });
  connect(m_loss, &Field::entered, this, [this](const QString& text) {
    project::LinkSpec link = m_spec;
    link.lossPpm = project::parseLoss(text.toStdString()).value_or(0);
    replace(link);
  });
  m_length->setJudge([this](const QString& text) {
    const bool right = text.isEmpty() || project::parseMetres(text.toStdString());
    return right ? QString() : refusal(text, {"a length in metres", "以米为单位的长度"}, "185m", m_language);
  });
  connect(m_length, &Field::entered, this, [this](const QString& text) {
    project::LinkSpec link = m_spec;
    link.metres = text.isEmpty() ? std::nullopt : project::parseMetres(text.toStdString());
    replace(link);
  });
  connect(m_duplex, &QComboBox::activated, this, [this](int index) {
    project::LinkSpec link = m_spec;
    link.duplex = index == 0 ? std::nullopt : std::optional(static_cast<project::Duplex>(index - 1));
    replace(link);
  });
  connect(m_cut, &QCheckBox::clicked, this, [this](bool cut) {
    project::LinkSpec link = m_spec;
    link.down = cut;
    replace(link);
  });
}

void LinkForm::setValue(const model::SnapshotPtr& snapshot, project::LinkKey key, Language language) {
  const project::LinkSpec* link = snapshot->draft->link(key);
  if (!link) return;
  m_key = key;
  m_spec = *link;
  m_language = language;
  m_ends->setText(QString::fromStdString(link->a.text() + " – " + link->b.text()));
  m_latency->setValue(QString::fromStdString(project::durationText(link->latency)));
  m_rate->setValue(link->bitsPerSecond ? QString::fromStdString(project::rateText(*link->bitsPerSecond)) : QString());
  m_loss->setValue(link->lossPpm ? QString::fromStdString(project::lossText(link->lossPpm)) : QString());
  m_length->setValue(link->metres ? QString::fromStdString(project::metresText(*link->metres)) : QString());
  m_duplex->setCurrentIndex(link->duplex ? 1 + static_cast<int>(*link->duplex) : 0);
  m_cut->setChecked(link->down);
  const std::string path = pathOf(*snapshot->draft, key);
  const QString trouble = asSentences(troubleAt(*snapshot, path));
  m_trouble->setText(trouble);
  m_trouble->setVisible(!trouble.isEmpty());
}

void LinkForm::retranslate() {
  m_latency->setCaption(tr("Latency"));
  m_rate->setCaption(tr("Rate"));
  m_rate->setPlaceholder(tr("unlimited"));
  m_loss->setCaption(tr("Loss"));
  m_loss->setPlaceholder(QStringLiteral("0%"));
  m_length->setCaption(tr("Length"));
  m_length->setPlaceholder(tr("short enough"));
  m_duplexName->setText(tr("Duplex"));
  m_duplex->setAccessibleName(tr("Duplex"));
  m_duplex->setItemText(0, tr("by itself"));
  m_duplex->setItemText(1, tr("half: stations take turns"));
  m_duplex->setItemText(2, tr("full: nobody waits"));
  m_cut->setText(tr("The cable is cut"));
}

}  // namespace hw::editor
