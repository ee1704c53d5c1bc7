// A table as high as its rows and as wide as its page: the page scrolls, the table does not.
#pragma once

#include <QTableView>

namespace hw::device_page {

/// Long texts are put on several lines when the columns do not find room beside each other; a bar to scroll sideways is there
/// only if single words do not fit either, and then no row is behind it.
class FittedTable final : public QTableView {
 public:
  explicit FittedTable(QWidget* parent);

  /// After the model changed.
  void fit();

 protected:
  void resizeEvent(QResizeEvent* event) override;

 private:
  int leastWidth(int column) const;
  bool narrow(int excess);
};

}  // namespace hw::device_page
