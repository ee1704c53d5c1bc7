// The box or circle before a choice, drawn so that it is seen on both themes, chosen or not, open or locked.
#pragma once

#include <QCheckBox>
#include <QRadioButton>

namespace hw::lesson_page {

class ChoiceCircle : public QRadioButton {
  Q_OBJECT

 public:
  using QRadioButton::QRadioButton;
  QSize sizeHint() const override;

 protected:
  void paintEvent(QPaintEvent* event) override;
};

class ChoiceBox : public QCheckBox {
  Q_OBJECT

 public:
  using QCheckBox::QCheckBox;
  QSize sizeHint() const override;

 protected:
  void paintEvent(QPaintEvent* event) override;
};

}  // namespace hw::lesson_page
