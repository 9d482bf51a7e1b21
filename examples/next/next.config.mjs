// Its own, so that Next does not take the one of the folder around it.
export default {}
