// Offers the copy of an editing that ended without being closed.
#pragma once

#include <QFrame>

#include "ui/workbench/file_keeper.h"

class QLabel;
class QPushButton;

namespace hw::workbench {

class RecoveryBar : public QFrame {
  Q_OBJECT

 public:
  explicit RecoveryBar(QWidget* parent);
  /// Shows itself if there is one.
  void offer(const QList<LostCopy>& copies);
  /// The copy that is shown has been dealt with.
  void goOn();

 signals:
  /// It stays on offer until goOn().
  void recoveryWanted(const hw::workbench::LostCopy& copy);

 protected:
  void changeEvent(QEvent* event) override;

 private:
  void showNext();
  void retranslate();

  QList<LostCopy> m_copies;
  QLabel* m_text;
  QPushButton* m_recover;
  QPushButton* m_discard;
};

}  // namespace hw::workbench
