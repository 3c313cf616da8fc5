// SPDX-License-Identifier: Apache-2.0
/** Documents that phone systems send: read within bounds. */
@NullMarked
package com.techpro.callclient.engine.internal.xml;

import org.jspecify.annotations.NullMarked;
