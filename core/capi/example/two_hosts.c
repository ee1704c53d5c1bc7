/* Two stacks and a cable of one millisecond between them, made of nothing but the calls of hopwise_stack.h: a connection is made,
 * carries a greeting both ways, stays idle for an hour with keep-alives and is closed. Every frame is printed.
 *
 *   cc two_hosts.c -lhopwise_stack -o two_hosts && ./two_hosts
 */
#include "hopwise_stack.h"

#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define MILLISECOND INT64_C(1000000)
#define SECOND INT64_C(1000000000)
#define MOST_UNDER_WAY 64

struct under_way {
  int to; /* host 0 or 1 */
  int64_t arrives;
  uint32_t size;
  unsigned char bytes[2048];
};

struct lab {
  hopwise_stack *host[2];
  struct under_way wire[MOST_UNDER_WAY];
  int frames_under_way;
  uint64_t frames;
  int quiet;
};

static void fail(const char *what, int64_t code) {
  fprintf(stderr, "%s: %s\n", what, code < 0 ? strerror((int)-code) : "unexpected");
  exit(1);
}
static void expect(const char *what, int64_t code, int64_t wanted) {
  if (code != wanted) fail(what, code);
}

static void print_frame(const struct hopwise_frame *what, int from, const unsigned char *bytes) {
  const int type = bytes[12] << 8 | bytes[13];
  printf("%12.6f  %s -> %s  ", (double)what->time / 1e9, from ? "b" : "a", from ? "a" : "b");
  if (type == 0x0806) {
    printf("ARP %s\n", bytes[21] == 1 ? "request" : "reply");
    return;
  }
  const unsigned char *ip = bytes + 14, *tcp = ip + (ip[0] & 15) * 4;
  const int data = (ip[2] << 8 | ip[3]) - (ip[0] & 15) * 4 - (tcp[12] >> 4) * 4;
  printf("TCP %s%s%s%s%s seq %" PRIu32 ", %d bytes\n", tcp[13] & 2 ? "SYN " : "", tcp[13] & 1 ? "FIN " : "", tcp[13] & 4 ? "RST " : "",
         tcp[13] & 8 ? "PSH " : "", tcp[13] & 16 ? "ACK" : "", (uint32_t)tcp[4] << 24 | tcp[5] << 16 | tcp[6] << 8 | tcp[7], data);
}

/* What a host has sent goes into the cable. */
static void carry(struct lab *lab) {
  for (int from = 0; from < 2; ++from) {
    for (;;) {
      struct under_way *next = &lab->wire[lab->frames_under_way];
      struct hopwise_frame what;
      if (lab->frames_under_way == MOST_UNDER_WAY) fail("the cable is full", 0);
      const int taken = hopwise_stack_take(lab->host[from], &what, next->bytes, sizeof next->bytes);
      if (taken == 0) break;
      expect("take", taken, 1);
      next->to = 1 - from;
      next->arrives = what.time + MILLISECOND;
      next->size = what.size;
      ++lab->frames_under_way;
      ++lab->frames;
      if (!lab->quiet) print_frame(&what, from, next->bytes);
    }
  }
}

/* Runs both clocks to `until`, event by event. */
static void run(struct lab *lab, int64_t until) {
  for (;;) {
    carry(lab);
    int64_t next = hopwise_stack_next_timer(lab->host[0]);
    int first = -1;
    if (hopwise_stack_next_timer(lab->host[1]) < next) next = hopwise_stack_next_timer(lab->host[1]);
    for (int i = 0; i < lab->frames_under_way; ++i)
      if (lab->wire[i].arrives <= next && (first < 0 || lab->wire[i].arrives < lab->wire[first].arrives)) first = i;
    if (first >= 0) next = lab->wire[first].arrives;
    if (next > until) break;
    hopwise_stack_advance(lab->host[0], next);
    hopwise_stack_advance(lab->host[1], next);
    if (first < 0) continue;
    const struct under_way arrived = lab->wire[first];
    memmove(&lab->wire[first], &lab->wire[first + 1], (size_t)(--lab->frames_under_way - first) * sizeof *lab->wire);
    expect("inject", hopwise_stack_inject(lab->host[arrived.to], 1, arrived.bytes, arrived.size), 0);
  }
  hopwise_stack_advance(lab->host[0], until);
  hopwise_stack_advance(lab->host[1], until);
}

static void say(struct lab *lab, int from, int from_socket, int to_socket, const char *text) {
  char heard[64] = "";
  expect("send", hopwise_send(lab->host[from], from_socket, text, strlen(text)), (int64_t)strlen(text));
  run(lab, hopwise_stack_now(lab->host[0]) + 100 * MILLISECOND);
  expect("receive", hopwise_receive(lab->host[1 - from], to_socket, heard, sizeof heard - 1), (int64_t)strlen(text));
  if (strcmp(heard, text) != 0) fail("receive", 0);
  printf("%s has heard: %s\n", from ? "a" : "b", heard);
}

int main(void) {
  static struct lab lab;
  const struct hopwise_endpoint server = {0xC0000202, 80}, any = {0, 80};
  const char *const names[2] = {"a", "b"}, *const addresses[2] = {"192.0.2.1/24", "192.0.2.2/24"};
  const char *const macs[2] = {"02:00:00:00:00:01", "02:00:00:00:00:02"};
  if (hopwise_stack_version() != HOPWISE_STACK_VERSION) fail("library and header are of different versions", 0);
  for (int i = 0; i < 2; ++i) {
    lab.host[i] = hopwise_stack_new(names[i], (uint64_t)i + 1);
    if (!lab.host[i]) fail("new", -ENOMEM);
    expect("interface", hopwise_stack_add_interface(lab.host[i], "eth0", macs[i], 1500), 1);
    expect("address", hopwise_stack_add_address(lab.host[i], 1, addresses[i]), 0);
    expect("knob", hopwise_stack_set(lab.host[i], "net.ipv4.tcp_keepalive_time", "10"), 0);
  }
  const int listener = hopwise_socket(lab.host[1], HOPWISE_TCP), client = hopwise_socket(lab.host[0], HOPWISE_TCP);
  expect("bind", hopwise_bind(lab.host[1], listener, any), 0);
  expect("listen", hopwise_listen(lab.host[1], listener, 1), 0);
  expect("accept before", hopwise_accept(lab.host[1], listener, NULL), -EAGAIN);
  expect("keep alive", hopwise_set_option(lab.host[0], client, HOPWISE_KEEPALIVE, 1), 0);
  expect("connect", hopwise_connect(lab.host[0], client, server), -EINPROGRESS);
  run(&lab, 100 * MILLISECOND);
  expect("connected", hopwise_connect(lab.host[0], client, server), -EISCONN);
  struct hopwise_endpoint peer;
  const int session = hopwise_accept(lab.host[1], listener, &peer);
  if (session < 0 || peer.address != 0xC0000201) fail("accept", session);

  say(&lab, 0, client, session, "good morning");
  say(&lab, 1, session, client, "good morning to you");

  const uint64_t before = lab.frames;
  lab.quiet = 1;
  run(&lab, 3600 * SECOND);
  lab.quiet = 0;
  printf("an hour of silence: %" PRIu64 " frames keep the connection alive\n", lab.frames - before);

  char nothing[8];
  expect("shutdown", hopwise_shutdown(lab.host[0], client), 0);
  run(&lab, 3601 * SECOND);
  expect("end of stream", hopwise_receive(lab.host[1], session, nothing, sizeof nothing), 0);
  expect("close", hopwise_close(lab.host[1], session), 0);
  run(&lab, 3602 * SECOND);
  expect("end of stream", hopwise_receive(lab.host[0], client, nothing, sizeof nothing), 0);
  expect("close", hopwise_close(lab.host[0], client), 0);
  run(&lab, 3603 * SECOND);
  hopwise_stack_free(lab.host[0]);
  hopwise_stack_free(lab.host[1]);
  return 0;
}
