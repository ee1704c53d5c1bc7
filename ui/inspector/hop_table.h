// The strip of hops as a table that uses the room it has: a value that stays the same over several hops
// is one wide cell, the letters are as large as all columns allow.
#pragma once

#include <QTableView>

namespace hw::model {
class HopStripModel;
}

namespace hw::inspector {

class HopTable : public QTableView {
  Q_OBJECT

 public:
  explicit HopTable(QWidget* parent = nullptr);
  void setStrip(model::HopStripModel* strip);
  /// The strip has another value.
  void arrange();

 signals:
  void hopClicked(int hop);

 protected:
  void mouseReleaseEvent(QMouseEvent* event) override;
  void resizeEvent(QResizeEvent* event) override;

 private:
  void joinCells();
  void setPoints(qreal points);
  /// That each column needs with the fonts as they are.
  QList<int> neededWidths() const;
  void fitToRoom();

  model::HopStripModel* m_strip = nullptr;
};

}  // namespace hw::inspector
