// The bytes of a frame, sixteen a line, as numbers and as letters. One stretch can be highlighted.
#pragma once

#include <QAbstractScrollArea>
#include <cstdint>
#include <vector>

namespace hw::inspector {

class HexView : public QAbstractScrollArea {
  Q_OBJECT

 public:
  explicit HexView(QWidget* parent = nullptr);

  void setBytes(std::vector<std::uint8_t> bytes);
  const std::vector<std::uint8_t>& bytes() const { return m_bytes; }
  /// Highlights [pos, pos + size) and brings it into view; size 0: nothing.
  void highlight(std::uint32_t pos, std::uint32_t size);
  std::uint32_t highlightedPos() const { return m_pos; }
  std::uint32_t highlightedSize() const { return m_size; }
  /// Where a byte is drawn, for tests.
  QRect byteRect(std::uint32_t offset) const;
  QSize sizeHint() const override;

 signals:
  void byteClicked(std::uint32_t offset);

 protected:
  void paintEvent(QPaintEvent* event) override;
  void resizeEvent(QResizeEvent* event) override;
  void mousePressEvent(QMouseEvent* event) override;
  void changeEvent(QEvent* event) override;

 private:
  struct Metrics;
  static Metrics metricsOf(const QFont& font);
  Metrics metrics() const;
  void updateRange();

  std::vector<std::uint8_t> m_bytes;
  std::uint32_t m_pos = 0;
  std::uint32_t m_size = 0;
};

}  // namespace hw::inspector
