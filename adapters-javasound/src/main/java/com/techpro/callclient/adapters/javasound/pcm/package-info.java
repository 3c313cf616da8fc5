// SPDX-License-Identifier: Apache-2.0
/** Sample layouts of 16-bit linear audio. */
@NullMarked
package com.techpro.callclient.adapters.javasound.pcm;

import org.jspecify.annotations.NullMarked;
