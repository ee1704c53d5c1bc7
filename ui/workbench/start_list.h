// A list of the start page: a title in large letters, below it where the network is.
#pragma once

#include <QListWidget>

namespace hw::workbench {

class StartList : public QListWidget {
  Q_OBJECT

 public:
  StartList(const QString& name, QWidget* parent);
  void add(const QString& title, const QString& below, const QString& path);

 signals:
  void chosen(const QString& path);

 protected:
  void resizeEvent(QResizeEvent* event) override;
};

}  // namespace hw::workbench
