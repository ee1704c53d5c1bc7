// The inside of a device as a picture: programs above, wires below, and the numbered way that data took in the displayed beat.
#pragma once

#include <QWidget>

#include "core/lens/inside.h"

namespace hw::device_page {

class InsideView final : public QWidget {
  Q_OBJECT

 public:
  explicit InsideView(QWidget* parent = nullptr);

  void setValue(const lens::Inside& inside);
  /// Where a part is drawn; for tests.
  QRectF boxOf(std::size_t part) const { return m_boxes[part]; }

  QSize sizeHint() const override;
  QSize minimumSizeHint() const override;

 protected:
  void paintEvent(QPaintEvent* event) override;
  void resizeEvent(QResizeEvent* event) override;
  void changeEvent(QEvent* event) override;

 private:
  QString title(const lens::InsidePart& part) const;
  QString tellSteps() const;
  void layOut();
  void placeColumns();
  void placeUpper(std::size_t row, qreal top, qreal height);
  QPainterPath pathOf(const lens::InsideLine& line, QPointF& middle) const;
  void paintLine(QPainter& painter, std::size_t line) const;
  void paintPart(QPainter& painter, std::size_t part) const;
  void paintBorder(QPainter& painter) const;

  lens::Inside m_inside;
  std::vector<QRectF> m_boxes;   ///< by part
  std::vector<qreal> m_middles;  ///< by part: where its middle is, in columns of interfaces
  std::size_t m_columns = 1;
  int m_height = 0;
};

}  // namespace hw::device_page
