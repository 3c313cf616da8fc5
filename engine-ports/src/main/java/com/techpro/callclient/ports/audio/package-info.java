// SPDX-License-Identifier: Apache-2.0
/** Microphones and speakers. */
@NullMarked
package com.techpro.callclient.ports.audio;

import org.jspecify.annotations.NullMarked;
