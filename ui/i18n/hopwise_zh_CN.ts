<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN">
<context>
    <name>Actions</name>
    <message>
        <source>&amp;Open...</source>
        <translation>打开(&amp;O)...</translation>
    </message>
    <message>
        <source>Start &amp;again</source>
        <translation>重新开始(&amp;A)</translation>
    </message>
    <message>
        <source>&amp;Quit</source>
        <translation>退出(&amp;Q)</translation>
    </message>
    <message>
        <source>To the &amp;beginning</source>
        <translation>回到开头(&amp;B)</translation>
    </message>
    <message>
        <source>Step &amp;back</source>
        <translation>后退一步(&amp;B)</translation>
    </message>
    <message>
        <source>&amp;Play</source>
        <translation>播放(&amp;P)</translation>
    </message>
    <message>
        <source>&amp;Step</source>
        <translation>前进一步(&amp;S)</translation>
    </message>
    <message>
        <source>Zoom &amp;in</source>
        <translation>放大(&amp;I)</translation>
    </message>
    <message>
        <source>Zoom &amp;out</source>
        <translation>缩小(&amp;O)</translation>
    </message>
    <message>
        <source>&amp;Fit to the window</source>
        <translation>适合窗口(&amp;F)</translation>
    </message>
    <message>
        <source>&amp;No colours</source>
        <translation>不着色(&amp;N)</translation>
    </message>
    <message>
        <source>&amp;Collision domains</source>
        <translation>冲突域(&amp;C)</translation>
    </message>
    <message>
        <source>&amp;Broadcast domains</source>
        <translation>广播域(&amp;B)</translation>
    </message>
    <message>
        <source>&amp;Subnets</source>
        <translation>子网(&amp;S)</translation>
    </message>
    <message>
        <source>Follow the p&amp;acket</source>
        <translation>跟随数据包(&amp;A)</translation>
    </message>
    <message>
        <source>Play when a &amp;command is typed</source>
        <translation>输入命令后播放(&amp;C)</translation>
    </message>
    <message>
        <source>&amp;Dark theme</source>
        <translation>深色主题(&amp;D)</translation>
    </message>
    <message>
        <source>&amp;English</source>
        <translation>英文 (&amp;English)</translation>
    </message>
    <message>
        <source>&amp;Chinese</source>
        <translation>中文 (&amp;Chinese)</translation>
    </message>
    <message>
        <source>Go to the &amp;terminal</source>
        <translation>转到终端(&amp;T)</translation>
    </message>
    <message>
        <source>&amp;About Hopwise</source>
        <translation>关于 Hopwise(&amp;A)</translation>
    </message>
    <message>
        <source>&amp;Pause</source>
        <translation>暂停(&amp;P)</translation>
    </message>
    <message>
        <source>Go to the &amp;lesson</source>
        <translation>转到课程(&amp;L)</translation>
    </message>
    <message>
        <source>&amp;Next step of the lesson</source>
        <translation>课程的下一步骤(&amp;N)</translation>
    </message>
    <message>
        <source>Step of the lesson be&amp;fore</source>
        <translation>课程的上一步骤(&amp;F)</translation>
    </message>
    <message>
        <source>Begin the lesson an&amp;ew</source>
        <translation>从头开始课程(&amp;E)</translation>
    </message>
    <message>
        <source>&amp;New</source>
        <translation>新建(&amp;N)</translation>
    </message>
    <message>
        <source>&amp;Save</source>
        <translation>保存(&amp;S)</translation>
    </message>
    <message>
        <source>Save &amp;as...</source>
        <translation>另存为(&amp;A)...</translation>
    </message>
    <message>
        <source>Start &amp;page</source>
        <translation>起始页(&amp;P)</translation>
    </message>
    <message>
        <source>&amp;Undo</source>
        <translation>撤销(&amp;U)</translation>
    </message>
    <message>
        <source>&amp;Redo</source>
        <translation>重做(&amp;R)</translation>
    </message>
    <message>
        <source>Cu&amp;t</source>
        <translation>剪切(&amp;T)</translation>
    </message>
    <message>
        <source>&amp;Copy</source>
        <translation>复制(&amp;C)</translation>
    </message>
    <message>
        <source>&amp;Paste</source>
        <translation>粘贴(&amp;P)</translation>
    </message>
    <message>
        <source>D&amp;uplicate</source>
        <translation>创建副本(&amp;U)</translation>
    </message>
    <message>
        <source>De&amp;lete</source>
        <translation>删除(&amp;L)</translation>
    </message>
    <message>
        <source>Select &amp;all</source>
        <translation>全选(&amp;A)</translation>
    </message>
    <message>
        <source>Rena&amp;me</source>
        <translation>重命名(&amp;M)</translation>
    </message>
    <message>
        <source>P&amp;roperties</source>
        <translation>属性(&amp;R)</translation>
    </message>
    <message>
        <source>&amp;Connect with a cable</source>
        <translation>用线缆连接(&amp;C)</translation>
    </message>
    <message>
        <source>Add a &amp;note...</source>
        <translation>添加注释(&amp;N)...</translation>
    </message>
    <message>
        <source>Actual si&amp;ze</source>
        <translation>实际大小(&amp;Z)</translation>
    </message>
    <message>
        <source>Show the &amp;grid</source>
        <translation>显示网格(&amp;G)</translation>
    </message>
    <message>
        <source>Snap to the &amp;grid</source>
        <translation>对齐到网格(&amp;G)</translation>
    </message>
    <message>
        <source>Address ca&amp;lculator...</source>
        <translation>地址计算器(&amp;L)...</translation>
    </message>
</context>
<context>
    <name>hw::canvas::CanvasView</name>
    <message>
        <source>Link from %1 to %2</source>
        <translation>从 %1 到 %2 的链路</translation>
    </message>
    <message>
        <source>%1, cut</source>
        <translation>%1，已切断</translation>
    </message>
</context>
<context>
    <name>hw::canvas::EmptyHint</name>
    <message>
        <source>Drag devices from the left to here.
Then join them: choose the cable below the devices and draw from one to the other.</source>
        <translation>把左边的设备拖到这里。
然后把它们连起来：选择设备下方的网线，从一台画到另一台。</translation>
    </message>
</context>
<context>
    <name>hw::workbench::AddressBits</name>
    <message>
        <source>The address in bits</source>
        <translation>用比特表示的地址</translation>
    </message>
    <message>
        <source>%1: %2 bits of network part, %3 bits of host part</source>
        <translation>%1：网络部分 %2 位，主机部分 %3 位</translation>
    </message>
    <message>
        <source>network part: %1</source>
        <translation>网络部分：%1 位</translation>
    </message>
    <message>
        <source>host part: %1</source>
        <translation>主机部分：%1 位</translation>
    </message>
</context>
<context>
    <name>hw::workbench::AddressCalculator</name>
    <message>
        <source>Address calculator</source>
        <translation>地址计算器</translation>
    </message>
    <message>
        <source>&amp;Address and mask</source>
        <translation>地址和掩码(&amp;A)</translation>
    </message>
    <message>
        <source>Address and mask</source>
        <translation>地址和掩码</translation>
    </message>
    <message>
        <source>What the address says</source>
        <translation>地址说明</translation>
    </message>
    <message>
        <source>&amp;Divided into subnets of</source>
        <translation>划分为子网(&amp;D)</translation>
    </message>
    <message>
        <source>Divided into subnets of</source>
        <translation>划分为子网</translation>
    </message>
    <message>
        <source>Subnets</source>
        <translation>子网</translation>
    </message>
    <message>
        <source>Subnet</source>
        <translation>子网</translation>
    </message>
    <message>
        <source>First host</source>
        <translation>第一个主机地址</translation>
    </message>
    <message>
        <source>Last host</source>
        <translation>最后一个主机地址</translation>
    </message>
    <message>
        <source>Broadcast address</source>
        <translation>广播地址</translation>
    </message>
    <message>
        <source>/%1 is no longer than /%2</source>
        <translation>/%1 不比 /%2 更长</translation>
    </message>
    <message>
        <source>%1 subnets, the first %2 are shown</source>
        <translation>%1 个子网，只显示前 %2 个</translation>
    </message>
    <message>
        <source>%1 subnets</source>
        <translation>%1 个子网</translation>
    </message>
</context>
<context>
    <name>hw::device_page::InsideView</name>
    <message>
        <source>Inside of the device</source>
        <translation>设备内部</translation>
    </message>
    <message>
        <source>Protocol stack</source>
        <translation>协议栈</translation>
    </message>
</context>
<context>
    <name>hw::device_page::DevicePage</name>
    <message>
        <source>Empty</source>
        <translation>空</translation>
    </message>
    <message>
        <source>Terminal</source>
        <translation>终端</translation>
    </message>
    <message>
        <source>Type commands on this device</source>
        <translation>在此设备上输入命令</translation>
    </message>
    <message>
        <source>Click on a device in the picture to see its tables.</source>
        <translation>点一下图中的设备，就能看到它的各种表。</translation>
    </message>
    <message>
        <source>Tables of the device</source>
        <translation>设备的各种表</translation>
    </message>
</context>
<context>
    <name>hw::editor::Field</name>
    <message>
        <source>Take %1</source>
        <translation>采用 %1</translation>
    </message>
</context>
<context>
    <name>hw::editor::InterfaceBox</name>
    <message>
        <source>%1, no cable</source>
        <translation>%1，未接线缆</translation>
    </message>
    <message>
        <source>Interface %1</source>
        <translation>接口 %1</translation>
    </message>
    <message>
        <source>IP address</source>
        <translation>IP 地址</translation>
    </message>
    <message>
        <source>MAC address</source>
        <translation>MAC 地址</translation>
    </message>
    <message>
        <source>MTU</source>
        <translation>最大传输单元 MTU</translation>
    </message>
    <message>
        <source>Switched on</source>
        <translation>已启用</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>删除</translation>
    </message>
    <message>
        <source>Delete this interface</source>
        <translation>删除此接口</translation>
    </message>
    <message>
        <source>Delete interface %1</source>
        <translation>删除接口 %1</translation>
    </message>
    <message>
        <source>%1, automatic</source>
        <translation>%1，自动</translation>
    </message>
    <message>
        <source>none; for example %1</source>
        <translation>无；例如 %1</translation>
    </message>
</context>
<context>
    <name>hw::editor::LinkForm</name>
    <message>
        <source>Latency</source>
        <translation>时延</translation>
    </message>
    <message>
        <source>Rate</source>
        <translation>速率</translation>
    </message>
    <message>
        <source>unlimited</source>
        <translation>不限</translation>
    </message>
    <message>
        <source>Loss</source>
        <translation>丢失率</translation>
    </message>
    <message>
        <source>The cable is cut</source>
        <translation>线缆已切断</translation>
    </message>
    <message>
        <source>Length</source>
        <translation>长度</translation>
    </message>
    <message>
        <source>short enough</source>
        <translation>足够短</translation>
    </message>
    <message>
        <source>Duplex</source>
        <translation>双工</translation>
    </message>
    <message>
        <source>by itself</source>
        <translation>自动</translation>
    </message>
    <message>
        <source>half: stations take turns</source>
        <translation>半双工：轮流发送</translation>
    </message>
    <message>
        <source>full: nobody waits</source>
        <translation>全双工：无需等待</translation>
    </message>
</context>
<context>
    <name>hw::editor::NodeForm</name>
    <message>
        <source>Name</source>
        <translation>名称</translation>
    </message>
    <message>
        <source>Add an interface</source>
        <translation>添加接口</translation>
    </message>
    <message>
        <source>Gateway</source>
        <translation>网关</translation>
    </message>
    <message>
        <source>none</source>
        <translation>无</translation>
    </message>
    <message>
        <source>Other routes, one a line</source>
        <translation>其他路由，每行一条</translation>
    </message>
    <message>
        <source>Other routes</source>
        <translation>其他路由</translation>
    </message>
    <message>
        <source>none; for example %1</source>
        <translation>无；例如 %1</translation>
    </message>
    <message>
        <source>Spanning tree (STP)</source>
        <translation>生成树（STP）</translation>
    </message>
    <message>
        <source>Priority</source>
        <translation>优先级</translation>
    </message>
    <message>
        <source>Ageing time</source>
        <translation>老化时间</translation>
    </message>
    <message>
        <source>Commands at the beginning, one a line</source>
        <translation>开始时执行的命令，每行一条</translation>
    </message>
    <message>
        <source>Commands at the beginning</source>
        <translation>开始时执行的命令</translation>
    </message>
</context>
<context>
    <name>hw::editor::NoteForm</name>
    <message>
        <source>Text</source>
        <translation>文字</translation>
    </message>
    <message>
        <source>Text of the note</source>
        <translation>注释的文字</translation>
    </message>
    <message>
        <source>A note explains something to whoever looks at the picture. It does not change the network.</source>
        <translation>注释给看图的人一些说明，不会改变网络。</translation>
    </message>
</context>
<context>
    <name>hw::editor::Palette</name>
    <message>
        <source>Devices to add</source>
        <translation>可添加的设备</translation>
    </message>
    <message>
        <source>Host</source>
        <translation>主机</translation>
    </message>
    <message>
        <source>Router</source>
        <translation>路由器</translation>
    </message>
    <message>
        <source>Switch</source>
        <translation>交换机</translation>
    </message>
    <message>
        <source>Hub</source>
        <translation>集线器</translation>
    </message>
    <message>
        <source>%1: drag it to the picture, or click</source>
        <translation>%1：拖到图中，或单击</translation>
    </message>
    <message>
        <source>Repeater</source>
        <translation>中继器</translation>
    </message>
    <message>
        <source>Bus</source>
        <translation>总线</translation>
    </message>
</context>
<context>
    <name>hw::editor::PropertiesPage</name>
    <message>
        <source>Link</source>
        <translation>链路</translation>
    </message>
    <message numerus="yes">
        <source>%n part(s) selected</source>
        <translation>
            <numerusform>已选择 %n 个部分</numerusform>
        </translation>
    </message>
    <message>
        <source>Network</source>
        <translation>网络</translation>
    </message>
    <message>
        <source>The network waits until this is repaired:</source>
        <translation>修正以下问题后网络才能继续：</translation>
    </message>
    <message>
        <source>Title</source>
        <translation>标题</translation>
    </message>
    <message>
        <source>Note</source>
        <translation>注释</translation>
    </message>
    <message>
        <source>They can be moved, copied and deleted together. Select one of them to see its properties.</source>
        <translation>可以把它们一起移动、复制或删除。只选择其中一个，就能看到它的属性。</translation>
    </message>
    <message>
        <source>Select a device, a link or a note in the picture to see its properties.</source>
        <translation>在图中选择设备、链路或注释，就能看到它的属性。</translation>
    </message>
    <message>
        <source>Host %1</source>
        <translation>主机 %1</translation>
    </message>
    <message>
        <source>Router %1</source>
        <translation>路由器 %1</translation>
    </message>
    <message>
        <source>Switch %1</source>
        <translation>交换机 %1</translation>
    </message>
    <message>
        <source>Hub %1</source>
        <translation>集线器 %1</translation>
    </message>
    <message>
        <source>Repeater %1</source>
        <translation>中继器 %1</translation>
    </message>
    <message>
        <source>Bus %1</source>
        <translation>总线 %1</translation>
    </message>
</context>
<context>
    <name>hw::inspector::HopPage</name>
    <message>
        <source>Select a packet to see what changed at every hop.</source>
        <translation>选择一个数据包，查看每一跳改变了什么。</translation>
    </message>
    <message>
        <source>What changed at every hop</source>
        <translation>每一跳改变了什么</translation>
    </message>
</context>
<context>
    <name>hw::inspector::PacketListPage</name>
    <message>
        <source>No packets yet. Type a command in a terminal, such as ping.</source>
        <translation>还没有数据包。请在终端中输入命令，例如 ping。</translation>
    </message>
    <message>
        <source>Packets</source>
        <translation>数据包列表</translation>
    </message>
</context>
<context>
    <name>hw::inspector::PacketPage</name>
    <message numerus="yes">
        <source>%1 → %2, sent at %3, %n byte(s)</source>
        <translation>
            <numerusform>%1 → %2，发出于 %3，%n 字节</numerusform>
        </translation>
    </message>
    <message>
        <source>Why %1 sent it</source>
        <translation>%1 为什么发送它</translation>
    </message>
    <message>
        <source>What %1 decided</source>
        <translation>%1 作出的决策</translation>
    </message>
    <message>
        <source>It is still on its way.</source>
        <translation>它还在途中。</translation>
    </message>
    <message>
        <source>It never arrives.</source>
        <translation>它永远不会到达。</translation>
    </message>
    <message>
        <source>Click a packet on the picture or in the list to see its layers, its bytes and why it was sent.</source>
        <translation>点击图中或列表中的数据包，查看它的各层、各字节以及发送原因。</translation>
    </message>
    <message>
        <source>Explanation</source>
        <translation>解释</translation>
    </message>
    <message>
        <source>Layers of the packet</source>
        <translation>数据包的各层</translation>
    </message>
    <message>
        <source>Bytes of the packet</source>
        <translation>数据包的字节</translation>
    </message>
    <message numerus="yes">
        <source>%n other choice(s) lost</source>
        <translation>
            <numerusform>%n 个落选的其他选择</numerusform>
        </translation>
    </message>
    <message>
        <source>It waits for a wire that others use too. What becomes of it is told later.</source>
        <translation>它在等待与别人共用的线路，结果稍后给出。</translation>
    </message>
    <message>
        <source>This attempt failed: nobody can read the frame.</source>
        <translation>这次尝试失败：没有人能读出该帧。</translation>
    </message>
</context>
<context>
    <name>hw::kit::MessageBar</name>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
</context>
<context>
    <name>hw::lesson_page::CheckCard</name>
    <message>
        <source>✓ Done</source>
        <translation>✓ 完成</translation>
    </message>
    <message>
        <source>○ To do: the network will show when it is done</source>
        <translation>○ 待完成：完成时网络自会显示</translation>
    </message>
    <message>
        <source>○ To do after the task above</source>
        <translation>○ 先完成上面的任务</translation>
    </message>
</context>
<context>
    <name>hw::lesson_page::ChoiceList</name>
    <message>
        <source>✓ right</source>
        <translation>✓ 正确</translation>
    </message>
    <message>
        <source>✕ not so</source>
        <translation>✕ 不对</translation>
    </message>
</context>
<context>
    <name>hw::lesson_page::HintBox</name>
    <message>
        <source>Give me a hint</source>
        <translation>给我一个提示</translation>
    </message>
    <message>
        <source>Another hint (%1 of %2)</source>
        <translation>再给一个提示（%1／%2）</translation>
    </message>
</context>
<context>
    <name>hw::lesson_page::LessonPage</name>
    <message>
        <source>✓ The lesson is done</source>
        <translation>✓ 课程已完成</translation>
    </message>
    <message>
        <source>%1 of %2 steps done</source>
        <translation>已完成 %1／%2 个步骤</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>上一步</translation>
    </message>
    <message>
        <source>Next</source>
        <translation>下一步</translation>
    </message>
    <message>
        <source>To the step before</source>
        <translation>到上一步骤</translation>
    </message>
    <message>
        <source>To the next step</source>
        <translation>到下一步骤</translation>
    </message>
    <message>
        <source>The step of the lesson</source>
        <translation>课程的当前步骤</translation>
    </message>
</context>
<context>
    <name>hw::lesson_page::NoteCard</name>
    <message>
        <source>This part needs a newer Hopwise: %1</source>
        <translation>这一部分需要更新的 Hopwise：%1</translation>
    </message>
</context>
<context>
    <name>hw::lesson_page::PredictCard</name>
    <message>
        <source>Send the packet again</source>
        <translation>再次发送数据包</translation>
    </message>
    <message>
        <source>Lock the answer and send the packet</source>
        <translation>锁定答案并发送数据包</translation>
    </message>
    <message>
        <source>● Locked. Watch what happens: play, or step on</source>
        <translation>● 已锁定。请看会发生什么：播放，或单步前进</translation>
    </message>
    <message>
        <source>? Your prediction</source>
        <translation>? 你的预测</translation>
    </message>
    <message>
        <source>✓ As you said: it was %1</source>
        <translation>✓ 如你所料：是 %1</translation>
    </message>
    <message>
        <source>✕ It came otherwise: it was %1</source>
        <translation>✕ 与预测不同：是 %1</translation>
    </message>
</context>
<context>
    <name>hw::lesson_page::QuizCard</name>
    <message>
        <source>Check the answer</source>
        <translation>检查答案</translation>
    </message>
    <message>
        <source>✕ Right so far, but something is missing</source>
        <translation>✕ 已选的都对，但还有遗漏</translation>
    </message>
    <message>
        <source>✕ Not yet: think again</source>
        <translation>✕ 还不对：再想一想</translation>
    </message>
    <message>
        <source>✓ Right</source>
        <translation>✓ 正确</translation>
    </message>
    <message>
        <source>? A question: several answers are right</source>
        <translation>? 问题：有几个正确答案</translation>
    </message>
    <message>
        <source>? A question: one answer is right</source>
        <translation>? 问题：有一个正确答案</translation>
    </message>
</context>
<context>
    <name>hw::lesson_page::RunCard</name>
    <message>
        <source>Try it</source>
        <translation>试一试</translation>
    </message>
    <message>
        <source>Try it: %1</source>
        <translation>试一试：%1</translation>
    </message>
</context>
<context>
    <name>hw::lesson_page::StepBar</name>
    <message>
        <source>Step %1, done: %2</source>
        <translation>步骤 %1，已完成：%2</translation>
    </message>
    <message>
        <source>Step %1: %2</source>
        <translation>步骤 %1：%2</translation>
    </message>
</context>
<context>
    <name>hw::model::HopStripModel</name>
    <message>
        <source>Source MAC</source>
        <translation>源 MAC</translation>
    </message>
    <message>
        <source>Destination MAC</source>
        <translation>目的 MAC</translation>
    </message>
    <message>
        <source>VLAN ID</source>
        <translation>VLAN 标识</translation>
    </message>
    <message>
        <source>Source IP</source>
        <translation>源 IP</translation>
    </message>
    <message>
        <source>Destination IP</source>
        <translation>目的 IP</translation>
    </message>
    <message>
        <source>Time to live</source>
        <translation>生存时间</translation>
    </message>
    <message>
        <source>Header checksum</source>
        <translation>首部校验和</translation>
    </message>
</context>
<context>
    <name>hw::model::PacketListModel</name>
    <message>
        <source>lost</source>
        <translation>丢失</translation>
    </message>
    <message>
        <source>From</source>
        <translation>从</translation>
    </message>
    <message>
        <source>To</source>
        <translation>到</translation>
    </message>
    <message>
        <source>Protocol</source>
        <translation>协议</translation>
    </message>
    <message>
        <source>What it says</source>
        <translation>内容</translation>
    </message>
    <message>
        <source>Time (s)</source>
        <translation>时间 (s)</translation>
    </message>
    <message>
        <source>waits</source>
        <translation>等待</translation>
    </message>
    <message>
        <source>collision</source>
        <translation>冲突</translation>
    </message>
</context>
<context>
    <name>hw::terminal::TerminalPage</name>
    <message>
        <source>Tab completes what you type, the arrow keys bring earlier commands back</source>
        <translation>Tab 键补全输入，方向键找回以前的命令</translation>
    </message>
    <message>
        <source>Terminal of</source>
        <translation>终端：</translation>
    </message>
    <message>
        <source>Device of the terminal</source>
        <translation>终端所在的设备</translation>
    </message>
    <message>
        <source>Output of the terminal</source>
        <translation>终端的输出</translation>
    </message>
    <message>
        <source>Command</source>
        <translation>命令</translation>
    </message>
    <message>
        <source>What commands print appears here.</source>
        <translation>命令的输出显示在这里。</translation>
    </message>
    <message>
        <source>Type a command</source>
        <translation>输入命令</translation>
    </message>
    <message>
        <source>Ctrl+C stops it</source>
        <translation>Ctrl+C 中止</translation>
    </message>
</context>
<context>
    <name>hw::timeline::TimelineBar</name>
    <message>
        <source>Beat %1 of %2</source>
        <translation>节拍 %1 / %2</translation>
    </message>
    <message>
        <source>Drag to any beat that has been played</source>
        <translation>拖动到任何播放过的节拍</translation>
    </message>
    <message>
        <source>Beat</source>
        <translation>节拍</translation>
    </message>
    <message>
        <source>How fast beats follow each other</source>
        <translation>节拍的快慢</translation>
    </message>
    <message>
        <source>Speed</source>
        <translation>速度</translation>
    </message>
    <message>
        <source>Virtual time: the clock of the simulated network</source>
        <translation>虚拟时间：被模拟网络的时钟</translation>
    </message>
    <message>
        <source>A beat is a moment at which something happens</source>
        <translation>节拍是发生了某事的一个时刻</translation>
    </message>
</context>
<context>
    <name>hw::workbench::Docks</name>
    <message>
        <source>Talk</source>
        <translation>会话</translation>
    </message>
    <message>
        <source>Packet</source>
        <translation>数据包</translation>
    </message>
    <message>
        <source>Device</source>
        <translation>设备</translation>
    </message>
    <message>
        <source>Terminal</source>
        <translation>终端</translation>
    </message>
    <message>
        <source>Packets</source>
        <translation>数据包列表</translation>
    </message>
    <message>
        <source>Hop by hop</source>
        <translation>逐跳变化</translation>
    </message>
    <message>
        <source>Lesson</source>
        <translation>课程</translation>
    </message>
    <message>
        <source>Devices</source>
        <translation>设备</translation>
    </message>
    <message>
        <source>Properties</source>
        <translation>属性</translation>
    </message>
</context>
<context>
    <name>hw::workbench::Editing</name>
    <message>
        <source>Text of the note</source>
        <translation>注释的文字</translation>
    </message>
    <message>
        <source>New note</source>
        <translation>新注释</translation>
    </message>
    <message>
        <source>Text:</source>
        <translation>文字：</translation>
    </message>
    <message>
        <source>Note</source>
        <translation>注释</translation>
    </message>
</context>
<context>
    <name>hw::workbench::MainWindow</name>
    <message>
        <source>The simulation failed one of its own checks and has ended. “Start again” opens the network anew. (%1)</source>
        <translation>模拟未通过自身的一项检查，已经结束。“重新开始”会再次打开该网络。（%1）</translation>
    </message>
    <message numerus="yes">
        <source>%n packet(s) under way</source>
        <translation>
            <numerusform>%n 个数据包在途中</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n packet(s) so far</source>
        <translation>
            <numerusform>至今 %n 个数据包</numerusform>
        </translation>
    </message>
    <message>
        <source>Picture of the network</source>
        <translation>网络图</translation>
    </message>
    <message>
        <source>Open a network</source>
        <translation>打开网络</translation>
    </message>
    <message>
        <source>Networks (*.hopwise *.yaml *.yml)</source>
        <translation>网络 (*.hopwise *.yaml *.yml)</translation>
    </message>
    <message>
        <source>About Hopwise</source>
        <translation>关于 Hopwise</translation>
    </message>
    <message>
        <source>Hopwise %1

See networks work, hop by hop.

Free software under the GNU General Public License, version 3 or later.</source>
        <translation>Hopwise %1

逐跳看懂网络如何工作。

自由软件，遵循 GNU 通用公共许可证第 3 版或更新版本。</translation>
    </message>
    <message>
        <source>Your progress in this lesson cannot be kept: the folder for it cannot be written.</source>
        <translation>无法保存课程进度：存放进度的文件夹不可写。</translation>
    </message>
    <message>
        <source>The network has no device %1 any more. “Start again” brings it back.</source>
        <translation>网络中已没有设备 %1。“重新开始”可以恢复它。</translation>
    </message>
    <message>
        <source>network.hopwise</source>
        <translation>网络.hopwise</translation>
    </message>
    <message>
        <source>Save the network</source>
        <translation>保存网络</translation>
    </message>
    <message>
        <source>Save the changes?</source>
        <translation>保存更改？</translation>
    </message>
    <message>
        <source>The network was changed and is not saved.</source>
        <translation>网络已更改，尚未保存。</translation>
    </message>
    <message>
        <source>New network</source>
        <translation>新网络</translation>
    </message>
</context>
<context>
    <name>hw::workbench::Menus</name>
    <message>
        <source>&amp;File</source>
        <translation>文件(&amp;F)</translation>
    </message>
    <message>
        <source>&amp;Time</source>
        <translation>时间(&amp;T)</translation>
    </message>
    <message>
        <source>&amp;View</source>
        <translation>视图(&amp;V)</translation>
    </message>
    <message>
        <source>C&amp;olour the cables</source>
        <translation>给线缆着色(&amp;O)</translation>
    </message>
    <message>
        <source>&amp;Language</source>
        <translation>语言(&amp;L)</translation>
    </message>
    <message>
        <source>&amp;Help</source>
        <translation>帮助(&amp;H)</translation>
    </message>
    <message>
        <source>Tools</source>
        <translation>工具</translation>
    </message>
    <message>
        <source>&amp;Lesson</source>
        <translation>课程(&amp;L)</translation>
    </message>
    <message>
        <source>Open &amp;recent</source>
        <translation>最近打开(&amp;R)</translation>
    </message>
    <message>
        <source>&amp;Edit</source>
        <translation>编辑(&amp;E)</translation>
    </message>
</context>
<context>
    <name>hw::workbench::RecoveryBar</name>
    <message>
        <source>Recover</source>
        <translation>恢复</translation>
    </message>
    <message>
        <source>Discard</source>
        <translation>丢弃</translation>
    </message>
    <message>
        <source>A new network was not saved when Hopwise ended (%1).</source>
        <translation>Hopwise 结束时有一个新网络尚未保存（%1）。</translation>
    </message>
    <message>
        <source>“%1” was not saved when Hopwise ended (%2).</source>
        <translation>Hopwise 结束时“%1”尚未保存（%2）。</translation>
    </message>
    <message>
        <source>Opens what was not saved; the file itself changes when you save</source>
        <translation>打开没有保存的内容；保存时才会改动文件本身</translation>
    </message>
    <message>
        <source>Deletes what was not saved, for good</source>
        <translation>彻底删除没有保存的内容</translation>
    </message>
</context>
<context>
    <name>hw::workbench::StartPage</name>
    <message>
        <source>See networks work, hop by hop.</source>
        <translation>逐跳看清网络如何工作。</translation>
    </message>
    <message>
        <source>Recent networks</source>
        <translation>最近的网络</translation>
    </message>
    <message>
        <source>Lessons and samples</source>
        <translation>课程与示例</translation>
    </message>
    <message>
        <source>Lesson, about %1 minutes</source>
        <translation>课程，大约 %1 分钟</translation>
    </message>
    <message>
        <source>Lesson</source>
        <translation>课程</translation>
    </message>
    <message>
        <source>Networks that you open or save will be listed here.</source>
        <translation>打开或保存过的网络会列在这里。</translation>
    </message>
</context>
<context>
    <name>hw::conversation::ConversationPage</name>
    <message>
        <source>nothing</source>
        <translation>无</translation>
    </message>
    <message>
        <source>No data has arrived yet.</source>
        <translation>还没有数据到达。</translation>
    </message>
    <message>
        <source>No conversation yet. When programs talk by TCP or UDP, this page shows what they say: start nc or curl in a terminal.</source>
        <translation>还没有会话。程序用 TCP 或 UDP 通信时，这里显示它们的往来：请在终端中启动 nc 或 curl。</translation>
    </message>
    <message>
        <source>UDP has no connection: there are no sequence numbers, no acknowledgments and no congestion window to draw.</source>
        <translation>UDP 没有连接：没有序号、确认和拥塞窗口可画。</translation>
    </message>
    <message>
        <source>Conversation</source>
        <translation>会话</translation>
    </message>
    <message>
        <source>Beside it</source>
        <translation>并排显示</translation>
    </message>
    <message>
        <source>Conversation beside it</source>
        <translation>并排显示的会话</translation>
    </message>
    <message>
        <source>View of the conversation</source>
        <translation>会话的视图</translation>
    </message>
    <message>
        <source>Ladder</source>
        <translation>时序图</translation>
    </message>
    <message>
        <source>Sequence</source>
        <translation>序号</translation>
    </message>
    <message>
        <source>Congestion</source>
        <translation>拥塞</translation>
    </message>
    <message>
        <source>Text</source>
        <translation>文本</translation>
    </message>
    <message>
        <source>What was said</source>
        <translation>传送的内容</translation>
    </message>
</context>
<context>
    <name>hw::conversation::LadderView</name>
    <message numerus="yes">
        <source>%n byte(s)</source>
        <translation>
            <numerusform>%n 字节</numerusform>
        </translation>
    </message>
    <message>
        <source>again</source>
        <translation>重传</translation>
    </message>
    <message>
        <source>Messages between both programs</source>
        <translation>两个程序之间的消息</translation>
    </message>
</context>
<context>
    <name>hw::conversation::SequencePlot</name>
    <message>
        <source>Time (s)</source>
        <translation>时间（秒）</translation>
    </message>
    <message>
        <source>Sequence number (bytes)</source>
        <translation>序号（字节）</translation>
    </message>
    <message>
        <source>Segment</source>
        <translation>报文段</translation>
    </message>
    <message>
        <source>Sent again</source>
        <translation>重传</translation>
    </message>
    <message>
        <source>Lost</source>
        <translation>丢失</translation>
    </message>
    <message>
        <source>Acknowledged</source>
        <translation>已确认</translation>
    </message>
    <message>
        <source>SACK</source>
        <translation>选择确认</translation>
    </message>
    <message>
        <source>Edge of the window</source>
        <translation>窗口上沿</translation>
    </message>
    <message>
        <source>Time and sequence numbers</source>
        <translation>时间与序号</translation>
    </message>
    <message>
        <source>The other direction</source>
        <translation>另一个方向</translation>
    </message>
    <message>
        <source>Data from %1 to %2</source>
        <translation>从 %1 到 %2 的数据</translation>
    </message>
</context>
<context>
    <name>hw::conversation::CongestionPlot</name>
    <message>
        <source>Segments</source>
        <translation>报文段</translation>
    </message>
    <message>
        <source>Time (s)</source>
        <translation>时间（秒）</translation>
    </message>
    <message>
        <source>Round trip (ms)</source>
        <translation>往返时间（毫秒）</translation>
    </message>
    <message>
        <source>Congestion window</source>
        <translation>拥塞窗口</translation>
    </message>
    <message>
        <source>Under way</source>
        <translation>在途</translation>
    </message>
    <message>
        <source>Round-trip time</source>
        <translation>往返时间</translation>
    </message>
    <message>
        <source>Congestion window and round-trip time</source>
        <translation>拥塞窗口与往返时间</translation>
    </message>
</context>
</TS>
