// What to do with an empty canvas, in its middle.
#pragma once

#include <QLabel>

namespace hw::canvas {

class EmptyHint : public QLabel {
  Q_OBJECT

 public:
  explicit EmptyHint(QWidget* canvas);

 protected:
  void changeEvent(QEvent* event) override;
  bool eventFilter(QObject* watched, QEvent* event) override;

 private:
  void retranslate();
};

}  // namespace hw::canvas
