// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.stack.log;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One logger per topic, so that a host can raise the level of a single one;
 * {@code docs/diagnostics.md} lists what each logs at which level. The names are API; the classes
 * that log are not.
 *
 * <p>No logger logs personal data at any level (promise O2). They log ids of accounts, calls and
 * flows, states, codes, counts and durations, and the type and origin of exceptions
 * ({@link com.techpro.callclient.engine.internal.privacy.Redactor}).
 */
public final class Loggers {
    private static final String PREFIX = "com.techpro.callclient.";

    /** The client itself: start, end, defects. */
    public static final Logger CLIENT = LoggerFactory.getLogger(PREFIX + "client");

    public static final Logger LOGIN = LoggerFactory.getLogger(PREFIX + "login");

    public static final Logger REGISTRATION = LoggerFactory.getLogger(PREFIX + "registration");

    /** SIP connections, and messages by kind and size. */
    public static final Logger TRANSPORT = LoggerFactory.getLogger(PREFIX + "transport");

    public static final Logger CALL = LoggerFactory.getLogger(PREFIX + "call");

    /** Requests that the engine refuses by itself. */
    public static final Logger REFUSED = LoggerFactory.getLogger(PREFIX + "refused");

    /** Sound: codec and cipher, its quality, devices. */
    public static final Logger MEDIA = LoggerFactory.getLogger(PREFIX + "media");

    public static final Logger VOICEMAIL = LoggerFactory.getLogger(PREFIX + "voicemail");

    /** Sockets, name servers, loops, and changes of the network. */
    public static final Logger NETWORK = LoggerFactory.getLogger(PREFIX + "network");

    private Loggers() {}

    /**
     * Logs that the host's port threw something outside its contract, even an {@link Error}. The
     * caller was told that it failed.
     */
    public static void portThrew(Throwable thrown) {
        CLIENT.warn("a port threw {}", thrown.getClass().getName());
    }
}
