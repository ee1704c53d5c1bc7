/* The host stack of Hopwise as a library on a virtual clock: one machine with interfaces, to which frames are given and from
 * which frames are taken. There are no threads, no real time and no operating system in it: time goes on when it is told to, and
 * the same calls give the same bytes. For conformance scripts and for tests of other stacks.
 *
 * Addresses and ports are in host byte order. Times are nanoseconds since the stack was made. Frames are Ethernet frames
 * without preamble and FCS. A call that fails gives a negative errno of Linux (-11 is EAGAIN); no call blocks.
 * A stack may be used by one thread at a time; different stacks know nothing of each other.
 */
#ifndef HOPWISE_STACK_H
#define HOPWISE_STACK_H

#include <stddef.h>
#include <stdint.h>

#ifdef __GNUC__
#define HOPWISE_API __attribute__((visibility("default")))
#else
#define HOPWISE_API
#endif

#ifdef __cplusplus
extern "C" {
#endif

typedef struct hopwise_stack hopwise_stack;

/** Of this header. A library of the same number understands its callers. */
#define HOPWISE_STACK_VERSION 1
HOPWISE_API int hopwise_stack_version(void);

/** The largest frame that is taken or given: a datagram of 65,535 bytes and its Ethernet header. */
#define HOPWISE_STACK_MAX_FRAME 65549

/** No timer is set. */
#define HOPWISE_STACK_NEVER INT64_MAX

/* --- The machine ---------------------------------------------------------------------------------------------------------- */

/** A machine with lo (127.0.0.1/8) and nothing else, at time 0. `seed`: where its random numbers (initial sequence numbers,
 *  ephemeral ports) begin. NULL if there is no memory. */
HOPWISE_API hopwise_stack *hopwise_stack_new(const char *name, uint64_t seed);
HOPWISE_API void hopwise_stack_free(hopwise_stack *stack);

/** Adds an Ethernet interface that is up and has a carrier. `mac`: "02:00:5e:10:00:01"; `mtu`: 68 to 65535 bytes.
 *  Result: its number from 1 on; -EINVAL, -EEXIST (the name is taken). */
HOPWISE_API int hopwise_stack_add_interface(hopwise_stack *stack, const char *name, const char *mac, unsigned mtu);
/** `prefix`: "192.0.2.1/24". Result: 0; -EINVAL, -ENODEV, -EEXIST. */
HOPWISE_API int hopwise_stack_add_address(hopwise_stack *stack, int interface, const char *prefix);
/** A route: `prefix` "0.0.0.0/0" through `gateway`, or NULL for neighbours that the interface reaches itself.
 *  Result: 0; -EINVAL, -ENODEV, -EEXIST, -ENETUNREACH (the gateway is no neighbour). */
HOPWISE_API int hopwise_stack_add_route(hopwise_stack *stack, const char *prefix, const char *gateway, int interface);
/** A permanent neighbour: nobody asks for its address. Result: 0; -EINVAL, -ENODEV. */
HOPWISE_API int hopwise_stack_add_neighbour(hopwise_stack *stack, int interface, const char *address, const char *mac);
/** Plugs the cable of an interface in (1) or out (0). Result: 0; -ENODEV. */
HOPWISE_API int hopwise_stack_set_carrier(hopwise_stack *stack, int interface, int carrier);

/** Knobs under the names of Linux's sysctl, "net.ipv4.tcp_sack". Result: 0; -ENOENT (there is none of that name), -EINVAL (not a
 *  value it can have), -ENOSYS (it cannot be turned here). */
HOPWISE_API int hopwise_stack_set(hopwise_stack *stack, const char *knob, const char *value);
/** The value as text with its 0 behind it. Result: its length; -ENOENT, -ENOSPC (`room` is too small). */
HOPWISE_API int hopwise_stack_get(hopwise_stack *stack, const char *knob, char *text, size_t room);

/* --- Time and frames ------------------------------------------------------------------------------------------------------ */

HOPWISE_API int64_t hopwise_stack_now(const hopwise_stack *stack);
/** When a timer fires next; HOPWISE_STACK_NEVER if none is set. Nothing happens before, unless a frame or a call comes. */
HOPWISE_API int64_t hopwise_stack_next_timer(const hopwise_stack *stack);
/** Moves the clock to `time`; all timers until then fire in order, each at its own time. Result: 0; -EINVAL (time never goes
 *  back). */
HOPWISE_API int hopwise_stack_advance(hopwise_stack *stack, int64_t time);

/** A frame comes in at an interface now. What is wrong with its bytes is the stack's to find out. Result: 0; -ENODEV, -EMSGSIZE
 *  (shorter than an Ethernet header or larger than HOPWISE_STACK_MAX_FRAME). */
HOPWISE_API int hopwise_stack_inject(hopwise_stack *stack, int interface, const void *frame, size_t size);

/** A frame that has left. */
struct hopwise_frame {
  int interface;   /**< where */
  uint32_t size;   /**< bytes; on an Ethernet cable at least 60 */
  int64_t time;    /**< when */
};
/** The next frame that has left, in order. Result: 1; 0 if there is none; -ENOSPC: it is longer than `room`, `what` tells how
 *  long it is, and it stays the next one. */
HOPWISE_API int hopwise_stack_take(hopwise_stack *stack, struct hopwise_frame *what, void *bytes, size_t room);

/* --- Sockets, as a program sees them -------------------------------------------------------------------------------------- */

struct hopwise_endpoint {
  uint32_t address;  /**< 0xC0000201 is 192.0.2.1; 0: any */
  uint16_t port;     /**< 0: the system chooses */
};

enum hopwise_socket_kind { HOPWISE_UDP = 1, HOPWISE_TCP = 2 };
enum hopwise_socket_option {
  HOPWISE_NODELAY = 1,         /**< TCP_NODELAY */
  HOPWISE_KEEPALIVE = 2,       /**< SO_KEEPALIVE */
  HOPWISE_ABORT_ON_CLOSE = 3,  /**< SO_LINGER with 0 seconds: close() sends RST */
  HOPWISE_MAX_SEGMENT = 4,     /**< TCP_MAXSEG, bytes */
  HOPWISE_SEND_BUFFER = 5,     /**< SO_SNDBUF, bytes; doubled as Linux does */
  HOPWISE_RECEIVE_BUFFER = 6,  /**< SO_RCVBUF, bytes; doubled as Linux does */
  HOPWISE_TTL = 7,             /**< IP_TTL, 1 to 255 */
  HOPWISE_TOS = 8,             /**< IP_TOS */
  HOPWISE_BROADCAST = 9        /**< SO_BROADCAST */
};

/** Result: a socket from 0 on; -EPROTONOSUPPORT. All calls below give -EBADF for a number that is no open socket. */
HOPWISE_API int hopwise_socket(hopwise_stack *stack, enum hopwise_socket_kind kind);
HOPWISE_API int hopwise_close(hopwise_stack *stack, int socket);
HOPWISE_API int hopwise_set_option(hopwise_stack *stack, int socket, enum hopwise_socket_option option, uint32_t value);
HOPWISE_API int hopwise_bind(hopwise_stack *stack, int socket, struct hopwise_endpoint local);
HOPWISE_API int hopwise_local(hopwise_stack *stack, int socket, struct hopwise_endpoint *local);
HOPWISE_API int hopwise_listen(hopwise_stack *stack, int socket, unsigned backlog);
/** Result: the new socket; -EAGAIN. `peer` may be NULL. */
HOPWISE_API int hopwise_accept(hopwise_stack *stack, int socket, struct hopwise_endpoint *peer);
/** TCP: sends a SYN, -EINPROGRESS; from then on -EALREADY while the handshake goes on, -EISCONN once it is over, or why it
 *  failed. UDP: 0, the peer is fixed. */
HOPWISE_API int hopwise_connect(hopwise_stack *stack, int socket, struct hopwise_endpoint peer);
/** Result: how many bytes were taken, for UDP all; -EAGAIN, -EPIPE, -EMSGSIZE, ... */
HOPWISE_API int64_t hopwise_send(hopwise_stack *stack, int socket, const void *data, size_t size);
/** Result: how many bytes were given; 0 at the end of a stream; -EAGAIN. What does not fit of a datagram is lost. */
HOPWISE_API int64_t hopwise_receive(hopwise_stack *stack, int socket, void *data, size_t room);
HOPWISE_API int64_t hopwise_send_to(hopwise_stack *stack, int socket, const void *data, size_t size, struct hopwise_endpoint to);
HOPWISE_API int64_t hopwise_receive_from(hopwise_stack *stack, int socket, void *data, size_t room, struct hopwise_endpoint *from);
/** No more data will be sent: FIN. */
HOPWISE_API int hopwise_shutdown(hopwise_stack *stack, int socket);
/** SO_ERROR: 0 or a negative errno, which is cleared by being read. */
HOPWISE_API int hopwise_error(hopwise_stack *stack, int socket);

#ifdef __cplusplus
}
#endif
#endif
