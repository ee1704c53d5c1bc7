#include "ui/device_page/interface_table.h"

namespace hw::device_page {

model::TableView interfaceTable(const lens::NodeCard& node) {
  model::TableView view;
  view.table.id = "interface";
  view.table.title = {"Interfaces", "接口"};
  view.table.columns = {{"Name", "名称"}, {"MAC address", "MAC 地址"}, {"IP address", "IP 地址"}};
  for (const lens::PortCard& port : node.ports) {
    std::string addresses;
    for (const std::string& one : port.addresses) addresses += (addresses.empty() ? "" : ", ") + one;
    view.table.rows.push_back({port.name, {port.name, port.mac, addresses.empty() ? "–" : addresses}, {}});
    view.fresh.push_back(model::Freshness::Old);
  }
  return view;
}

}  // namespace hw::device_page
