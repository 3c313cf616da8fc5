// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.media;

/** What has its turn on a media loop once a frame. */
interface SlotTask {
    void serve(long now);

    /** A turn was cut short by an exception, which the loop has told of. */
    void faulted();

    void close();
}
