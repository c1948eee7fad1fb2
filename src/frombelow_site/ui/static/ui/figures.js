/** In which language days are written here, and whose way of writing them it is. */
export const tongue = () => (document.documentElement.lang === "en" ? "en-GB" : document.documentElement.lang);

/** The number as pages write it. */
export const figure = (number) =>
  tongue() === "es" ? number.toLocaleString("es").replaceAll(".", "\u00a0") : number.toLocaleString(tongue());
