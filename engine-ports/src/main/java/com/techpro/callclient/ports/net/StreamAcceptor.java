// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.ports.net;

/** Receives the streams that a {@link StreamListener} accepts. */
@FunctionalInterface
public interface StreamAcceptor {
    /**
     * Returns the handler for a newly accepted stream; its {@link StreamHandler#connected} is
     * called next.
     */
    StreamHandler accepted(StreamLink link);
}
