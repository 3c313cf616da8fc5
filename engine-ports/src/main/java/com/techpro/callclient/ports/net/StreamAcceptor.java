// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.ports.net;

/** Takes the streams of a {@link StreamListener}. */
@FunctionalInterface
public interface StreamAcceptor {
    /** Chooses the handler of a newly accepted stream; the handler's {@link StreamHandler#connected} follows. */
    StreamHandler accepted(StreamLink link);
}
