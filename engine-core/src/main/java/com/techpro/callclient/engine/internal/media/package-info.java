// SPDX-License-Identifier: Apache-2.0
/** Media sessions: RTP between the network and two sample rings, on loops of their own. */
@NullMarked
package com.techpro.callclient.engine.internal.media;

import org.jspecify.annotations.NullMarked;
