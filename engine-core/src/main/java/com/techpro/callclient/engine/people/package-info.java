// SPDX-License-Identifier: Apache-2.0
/** The directory, the favourites and the call history. */
@NullMarked
package com.techpro.callclient.engine.people;

import org.jspecify.annotations.NullMarked;
