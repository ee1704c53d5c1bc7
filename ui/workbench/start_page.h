// Where to begin: a new network, a file, a recent one, a sample.
#pragma once

#include <QWidget>

#include "core/base/text.h"

class QAction;
class QLabel;
class QListWidget;
class QToolButton;

namespace hw::workbench {

class StartPage : public QWidget {
  Q_OBJECT

 public:
  StartPage(QAction* create, QAction* open, QWidget* parent);
  /// `samples`: the folder in which lessons lie, each a folder with a network.
  void setValue(const QStringList& recent, const QString& samples, Language language);

 signals:
  void chosen(const QString& path);

 protected:
  void changeEvent(QEvent* event) override;

 private:
  void retranslate();
  void build();
  void fill(QListWidget& list, const QStringList& paths, Language language);

  QLabel* m_title;
  QLabel* m_recentTitle;
  QLabel* m_sampleTitle;
  QListWidget* m_recent;
  QListWidget* m_samples;
  QList<QToolButton*> m_buttons;
};

}  // namespace hw::workbench
