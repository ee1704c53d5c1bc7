// A line over the picture that tells what went wrong, until it is closed.
#pragma once

#include <QFrame>

class QLabel;
class QToolButton;

namespace hw::kit {

class MessageBar : public QFrame {
  Q_OBJECT

 public:
  explicit MessageBar(QWidget* parent = nullptr);
  void tell(const QString& text);
  QString text() const;

 protected:
  void changeEvent(QEvent* event) override;

 private:
  void retranslate();

  QLabel* m_label;
  QToolButton* m_close;
};

}  // namespace hw::kit
