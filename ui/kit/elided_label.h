// A label of one line that shortens its text with "..." instead of pushing its neighbours away; the
// whole text is its tool tip.
#pragma once

#include <QWidget>

namespace hw::kit {

class ElidedLabel : public QWidget {
  Q_OBJECT

 public:
  explicit ElidedLabel(QWidget* parent = nullptr);
  void setText(const QString& text);
  QString text() const { return m_text; }
  QSize sizeHint() const override;
  QSize minimumSizeHint() const override;

 protected:
  void paintEvent(QPaintEvent* event) override;

 private:
  QString m_text;
};

}  // namespace hw::kit
