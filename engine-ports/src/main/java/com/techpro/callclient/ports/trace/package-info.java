// SPDX-License-Identifier: Apache-2.0
/** A host's receiver of the SIP messages that the engine sends and receives. */
@NullMarked
package com.techpro.callclient.ports.trace;

import org.jspecify.annotations.NullMarked;
