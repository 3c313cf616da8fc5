// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.pbx.fault;

import java.time.Duration;

/** One fault of a message. */
public sealed interface Fault {
    /** It never arrives. */
    record Drop() implements Fault {}

    /** It arrives later. */
    record Delay(Duration by) implements Fault {}

    /** It arrives twice. */
    record Duplicate() implements Fault {}

    /** It arrives garbled and is not SIP any more. */
    record Garble() implements Fault {}

    /** The PBX answers at once with that reply, and does nothing else. */
    record Answer(Reply reply) implements Fault {}

    /** The PBX challenges with a nonce that it will not accept. */
    record UselessNonce() implements Fault {}

    /** The connection that it came on, or would go out on, is cut. */
    record CutConnection() implements Fault {}
}
