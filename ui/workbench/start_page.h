// Where to begin: a new network, a file, a recent one, a sample.
#pragma once

#include <QWidget>

#include "core/base/text.h"

class QAction;
class QLabel;
class QToolButton;

namespace hw::workbench {

class StartList;

class StartPage : public QWidget {
  Q_OBJECT

 public:
  StartPage(QAction* create, QAction* open, QWidget* parent);
  /// `samples`: the folder in which lessons lie, each a folder with a network.
  void setValue(const QStringList& recent, const QString& samples, Language language);
  void setLanguage(Language language);

 signals:
  void chosen(const QString& path);

 protected:
  void changeEvent(QEvent* event) override;

 private:
  void retranslate();
  void build();
  void fill();

  QLabel* m_title;
  QLabel* m_recentTitle;
  QLabel* m_sampleTitle;
  QLabel* m_noRecent;
  StartList* m_recent;
  StartList* m_samples;
  QList<QToolButton*> m_buttons;
  QStringList m_recentPaths;
  QString m_sampleFolder;
  Language m_language = Language::English;
};

}  // namespace hw::workbench
