// Messages as arrows between two life lines, time downwards; two conversations can stand beside each other.
#pragma once

#include <QAbstractScrollArea>

#include "ui/model/snapshot.h"

namespace hw::conversation {

class LadderView : public QAbstractScrollArea {
  Q_OBJECT

 public:
  explicit LadderView(QWidget* parent = nullptr);
  void setValue(const std::shared_ptr<const model::ConversationsView>& view, TransmissionId selected);
  void retranslate();

 signals:
  void packetChosen(hw::TransmissionId packet);
  void momentChosen(std::size_t beats);

 protected:
  void paintEvent(QPaintEvent* event) override;
  void resizeEvent(QResizeEvent* event) override;
  void mousePressEvent(QMouseEvent* event) override;
  void mouseDoubleClickEvent(QMouseEvent* event) override;
  void keyPressEvent(QKeyEvent* event) override;

 private:
  /// Where a message stands: from the top of the drawing.
  struct Arrow {
    int sent = 0;
    int arrived = 0;
  };
  struct Gap {
    int y = 0;
    Duration span;
  };
  struct Column {
    const model::ConversationView* what = nullptr;
    std::vector<Arrow> arrows;
    std::vector<Gap> gaps;   ///< long silences
    int height = 0;
    double left = 0, right = 0;  ///< the life lines
    double begin = 0;        ///< of the column
  };
  struct Hit {
    const model::ConversationView* view = nullptr;
    std::size_t message = 0;
  };

  void layOut();
  void placeColumns();
  void placeArrows(Column& column) const;
  void paintColumn(QPainter& painter, const Column& column) const;
  void paintArrow(QPainter& painter, const Column& column, std::size_t index) const;
  void paintLabel(QPainter& painter, const Column& column, std::size_t index) const;
  void paintHead(QPainter& painter, const Column& column) const;
  QString labelOf(const lens::Conversation& what, const lens::Message& message) const;
  QColor colorOf(const lens::Conversation& what, const lens::Message& message) const;
  std::optional<Hit> hitAt(const QPoint& where) const;
  void describe();
  int headHeight() const;

  std::shared_ptr<const model::ConversationsView> m_view;
  TransmissionId m_selected;
  std::vector<Column> m_columns;
  int m_height = 0;
};

}  // namespace hw::conversation
